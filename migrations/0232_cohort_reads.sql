-- A comparison reads one figure of each student of a course: without their features, which lie in the same row, and without a search for the first
-- answer of each.
alter table student_performance_snapshots add column began_at integer;
create index pass_probability_predictions_course on pass_probability_predictions (course_key, user_key, day, chance, low, high);
