-- The column-level change log of everything that can be synchronised. Triggers write it, in the transaction of the change, so that
-- no write can miss it; the functions are the program's own: hybrid_clock() orders, seal() encrypts a personal value.
-- An insert is one row with the column '*': its values are in the row itself until a later entry names a column. A person is logged
-- with the lead or user that refers to them, and the leads of an import with the import, when it is shown: a file of 100,000 leads is
-- one entry, not 200,000. The insert of any other lead is logged by the one function that makes leads: with an insert trigger SQLite
-- copies every index page that an insert touches, which doubles what an import costs.
create table change_log (
  sequence integer primary key,
  table_name text not null,
  row_id any not null,
  column_name text not null,
  value any,
  clock integer not null,
  device_id text
) strict;

create trigger people_given_name_is_logged after update of given_name on people when new.given_name is not old.given_name begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('people', new.id, 'given_name', seal(new.given_name), hybrid_clock());
end;
create trigger people_family_name_is_logged after update of family_name on people when new.family_name is not old.family_name begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('people', new.id, 'family_name', seal(new.family_name), hybrid_clock());
end;
create trigger people_email_is_logged after update of email on people when new.email is not old.email begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('people', new.id, 'email', seal(new.email), hybrid_clock());
end;
create trigger people_phone_is_logged after update of phone on people when new.phone is not old.phone begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('people', new.id, 'phone', seal(new.phone), hybrid_clock());
end;
create trigger consents_insert_is_logged after insert on consents begin
  insert into change_log (table_name, row_id, column_name, clock) values ('consents', new.id, '*', hybrid_clock());
end;
create trigger consents_delete_is_logged after delete on consents begin
  insert into change_log (table_name, row_id, column_name, clock) values ('consents', old.id, '-', hybrid_clock());
end;
create trigger leads_delete_is_logged after delete on leads when old.import_key is null or (select state from imports where key = old.import_key) not in ('staging', 'undoing') begin
  insert into change_log (table_name, row_id, column_name, clock) values ('leads', old.id, '-', hybrid_clock());
end;
create trigger leads_stage_is_logged after update of stage on leads when new.stage is not old.stage begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'stage', new.stage, hybrid_clock());
end;
create trigger leads_source_key_is_logged after update of source_key on leads when new.source_key is not old.source_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'source', (select id from sources where key = new.source_key), hybrid_clock());
end;
create trigger leads_course_key_is_logged after update of course_key on leads when new.course_key is not old.course_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'course', (select id from courses where key = new.course_key), hybrid_clock());
end;
create trigger leads_campus_key_is_logged after update of campus_key on leads when new.campus_key is not old.campus_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'campus', (select id from campuses where key = new.campus_key), hybrid_clock());
end;
create trigger leads_country_key_is_logged after update of country_key on leads when new.country_key is not old.country_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'country', (select name from countries where key = new.country_key), hybrid_clock());
end;
create trigger leads_city_key_is_logged after update of city_key on leads when new.city_key is not old.city_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'city', (select name from cities where key = new.city_key), hybrid_clock());
end;
create trigger leads_owner_key_is_logged after update of owner_key on leads when new.owner_key is not old.owner_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'owner', (select id from users where key = new.owner_key), hybrid_clock());
end;
create trigger leads_team_key_is_logged after update of team_key on leads when new.team_key is not old.team_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'team', (select id from teams where key = new.team_key), hybrid_clock());
end;
create trigger leads_converted_is_logged after update of converted on leads when new.converted is not old.converted begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'converted', new.converted, hybrid_clock());
end;
create trigger leads_enquired_at_is_logged after update of enquired_at on leads when new.enquired_at is not old.enquired_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'enquired_at', new.enquired_at, hybrid_clock());
end;
create trigger leads_last_activity_at_is_logged after update of last_activity_at on leads when new.last_activity_at is not old.last_activity_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'last_activity_at', new.last_activity_at, hybrid_clock());
end;
create trigger leads_last_activity_is_logged after update of last_activity on leads when new.last_activity is not old.last_activity begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'last_activity', new.last_activity, hybrid_clock());
end;
create trigger leads_last_contacted_at_is_logged after update of last_contacted_at on leads when new.last_contacted_at is not old.last_contacted_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'last_contacted_at', new.last_contacted_at, hybrid_clock());
end;
create trigger leads_snoozed_until_is_logged after update of snoozed_until on leads when new.snoozed_until is not old.snoozed_until begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'snoozed_until', new.snoozed_until, hybrid_clock());
end;
create trigger leads_email_opens_is_logged after update of email_opens on leads when new.email_opens is not old.email_opens begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'email_opens', new.email_opens, hybrid_clock());
end;
create trigger leads_email_clicks_is_logged after update of email_clicks on leads when new.email_clicks is not old.email_clicks begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'email_clicks', new.email_clicks, hybrid_clock());
end;
create trigger leads_events_attended_is_logged after update of events_attended on leads when new.events_attended is not old.events_attended begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'events_attended', new.events_attended, hybrid_clock());
end;
create trigger leads_portal_logins_is_logged after update of portal_logins on leads when new.portal_logins is not old.portal_logins begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'portal_logins', new.portal_logins, hybrid_clock());
end;
create trigger leads_web_visits_is_logged after update of web_visits on leads when new.web_visits is not old.web_visits begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'web_visits', new.web_visits, hybrid_clock());
end;
create trigger leads_web_time_is_logged after update of web_time on leads when new.web_time is not old.web_time begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'web_time', new.web_time, hybrid_clock());
end;
create trigger leads_pages_per_visit_is_logged after update of pages_per_visit on leads when new.pages_per_visit is not old.pages_per_visit begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'pages_per_visit', new.pages_per_visit, hybrid_clock());
end;
create trigger leads_conversations_is_logged after update of conversations on leads when new.conversations is not old.conversations begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'conversations', new.conversations, hybrid_clock());
end;
create trigger touchpoints_insert_is_logged after insert on touchpoints begin
  insert into change_log (table_name, row_id, column_name, clock) values ('touchpoints', new.id, '*', hybrid_clock());
end;
create trigger touchpoints_delete_is_logged after delete on touchpoints begin
  insert into change_log (table_name, row_id, column_name, clock) values ('touchpoints', old.id, '-', hybrid_clock());
end;
create trigger touchpoints_kind_is_logged after update of kind on touchpoints when new.kind is not old.kind begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('touchpoints', new.id, 'kind', new.kind, hybrid_clock());
end;
create trigger touchpoints_direction_is_logged after update of direction on touchpoints when new.direction is not old.direction begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('touchpoints', new.id, 'direction', new.direction, hybrid_clock());
end;
create trigger touchpoints_outcome_is_logged after update of outcome on touchpoints when new.outcome is not old.outcome begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('touchpoints', new.id, 'outcome', new.outcome, hybrid_clock());
end;
create trigger touchpoints_note_is_logged after update of note on touchpoints when new.note is not old.note begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('touchpoints', new.id, 'note', seal(new.note), hybrid_clock());
end;
create trigger touchpoints_at_is_logged after update of at on touchpoints when new.at is not old.at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('touchpoints', new.id, 'at', new.at, hybrid_clock());
end;
create trigger tasks_insert_is_logged after insert on tasks begin
  insert into change_log (table_name, row_id, column_name, clock) values ('tasks', new.id, '*', hybrid_clock());
end;
create trigger tasks_delete_is_logged after delete on tasks begin
  insert into change_log (table_name, row_id, column_name, clock) values ('tasks', old.id, '-', hybrid_clock());
end;
create trigger tasks_title_is_logged after update of title on tasks when new.title is not old.title begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('tasks', new.id, 'title', seal(new.title), hybrid_clock());
end;
create trigger tasks_due_at_is_logged after update of due_at on tasks when new.due_at is not old.due_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('tasks', new.id, 'due_at', new.due_at, hybrid_clock());
end;
create trigger tasks_done_at_is_logged after update of done_at on tasks when new.done_at is not old.done_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('tasks', new.id, 'done_at', new.done_at, hybrid_clock());
end;
create trigger tasks_assignee_key_is_logged after update of assignee_key on tasks when new.assignee_key is not old.assignee_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('tasks', new.id, 'assignee', (select id from users where key = new.assignee_key), hybrid_clock());
end;
create trigger applications_insert_is_logged after insert on applications begin
  insert into change_log (table_name, row_id, column_name, clock) values ('applications', new.id, '*', hybrid_clock());
end;
create trigger applications_delete_is_logged after delete on applications begin
  insert into change_log (table_name, row_id, column_name, clock) values ('applications', old.id, '-', hybrid_clock());
end;
create trigger applications_state_is_logged after update of state on applications when new.state is not old.state begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('applications', new.id, 'state', new.state, hybrid_clock());
end;
create trigger applications_at_is_logged after update of at on applications when new.at is not old.at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('applications', new.id, 'at', new.at, hybrid_clock());
end;
create trigger sources_insert_is_logged after insert on sources begin
  insert into change_log (table_name, row_id, column_name, clock) values ('sources', new.id, '*', hybrid_clock());
end;
create trigger sources_delete_is_logged after delete on sources begin
  insert into change_log (table_name, row_id, column_name, clock) values ('sources', old.id, '-', hybrid_clock());
end;
create trigger sources_name_is_logged after update of name on sources when new.name is not old.name begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('sources', new.id, 'name', new.name, hybrid_clock());
end;
create trigger courses_insert_is_logged after insert on courses begin
  insert into change_log (table_name, row_id, column_name, clock) values ('courses', new.id, '*', hybrid_clock());
end;
create trigger courses_delete_is_logged after delete on courses begin
  insert into change_log (table_name, row_id, column_name, clock) values ('courses', old.id, '-', hybrid_clock());
end;
create trigger courses_name_is_logged after update of name on courses when new.name is not old.name begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('courses', new.id, 'name', new.name, hybrid_clock());
end;
create trigger campuses_insert_is_logged after insert on campuses begin
  insert into change_log (table_name, row_id, column_name, clock) values ('campuses', new.id, '*', hybrid_clock());
end;
create trigger campuses_delete_is_logged after delete on campuses begin
  insert into change_log (table_name, row_id, column_name, clock) values ('campuses', old.id, '-', hybrid_clock());
end;
create trigger campuses_name_is_logged after update of name on campuses when new.name is not old.name begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('campuses', new.id, 'name', new.name, hybrid_clock());
end;
create trigger course_capacities_insert_is_logged after insert on course_capacities begin
  insert into change_log (table_name, row_id, column_name, clock) values ('course_capacities', new.id, '*', hybrid_clock());
end;
create trigger course_capacities_delete_is_logged after delete on course_capacities begin
  insert into change_log (table_name, row_id, column_name, clock) values ('course_capacities', old.id, '-', hybrid_clock());
end;
create trigger course_capacities_places_is_logged after update of places on course_capacities when new.places is not old.places begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('course_capacities', new.id, 'places', new.places, hybrid_clock());
end;
create trigger attributes_insert_is_logged after insert on attributes begin
  insert into change_log (table_name, row_id, column_name, clock) values ('attributes', new.id, '*', hybrid_clock());
end;
create trigger attributes_delete_is_logged after delete on attributes begin
  insert into change_log (table_name, row_id, column_name, clock) values ('attributes', old.id, '-', hybrid_clock());
end;
create trigger attributes_label_is_logged after update of label on attributes when new.label is not old.label begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('attributes', new.id, 'label', new.label, hybrid_clock());
end;
create trigger attributes_known_when_is_logged after update of known_when on attributes when new.known_when is not old.known_when begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('attributes', new.id, 'known_when', new.known_when, hybrid_clock());
end;
create trigger attributes_confirmed_is_logged after update of confirmed on attributes when new.confirmed is not old.confirmed begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('attributes', new.id, 'confirmed', new.confirmed, hybrid_clock());
end;
create trigger users_insert_is_logged after insert on users begin
  insert into change_log (table_name, row_id, column_name, clock) values ('users', new.id, '*', hybrid_clock());
end;
create trigger users_delete_is_logged after delete on users begin
  insert into change_log (table_name, row_id, column_name, clock) values ('users', old.id, '-', hybrid_clock());
end;
create trigger users_email_is_logged after update of email on users when new.email is not old.email begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('users', new.id, 'email', seal(new.email), hybrid_clock());
end;
create trigger users_role_is_logged after update of role on users when new.role is not old.role begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('users', new.id, 'role', new.role, hybrid_clock());
end;
create trigger users_active_is_logged after update of active on users when new.active is not old.active begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('users', new.id, 'active', new.active, hybrid_clock());
end;
create trigger users_team_key_is_logged after update of team_key on users when new.team_key is not old.team_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('users', new.id, 'team', (select id from teams where key = new.team_key), hybrid_clock());
end;
create trigger teams_insert_is_logged after insert on teams begin
  insert into change_log (table_name, row_id, column_name, clock) values ('teams', new.id, '*', hybrid_clock());
end;
create trigger teams_delete_is_logged after delete on teams begin
  insert into change_log (table_name, row_id, column_name, clock) values ('teams', old.id, '-', hybrid_clock());
end;
create trigger teams_name_is_logged after update of name on teams when new.name is not old.name begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('teams', new.id, 'name', new.name, hybrid_clock());
end;
create trigger departments_insert_is_logged after insert on departments begin
  insert into change_log (table_name, row_id, column_name, clock) values ('departments', new.id, '*', hybrid_clock());
end;
create trigger departments_delete_is_logged after delete on departments begin
  insert into change_log (table_name, row_id, column_name, clock) values ('departments', old.id, '-', hybrid_clock());
end;
create trigger departments_name_is_logged after update of name on departments when new.name is not old.name begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('departments', new.id, 'name', new.name, hybrid_clock());
end;
create trigger imports_show_is_logged after update of state on imports when new.state = 'applying' begin
  insert into change_log (table_name, row_id, column_name, clock) values ('imports', new.id, '*', hybrid_clock());
end;
create trigger imports_undo_is_logged after update of state on imports when new.state = 'undoing' begin
  insert into change_log (table_name, row_id, column_name, clock) values ('imports', new.id, '-', hybrid_clock());
end;
