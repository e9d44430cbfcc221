-- What the author of a pack published about students of theirs, as JSON; shown to one who studies alone.
alter table study_courses add column statistics text;
