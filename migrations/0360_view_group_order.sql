-- How the groups of a view are put in order; null where it is the order that is natural to them.
alter table views add column group_sort text check (group_sort in ('natural', 'label', 'leads', 'meanScore', 'expected', 'rate'));
alter table views add column group_direction text check (group_direction in ('ascending', 'descending'));
