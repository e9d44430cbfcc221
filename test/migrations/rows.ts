/**
 * What a person may have had in their workspace at each version: rows that the next migration finds. A new migration adds its own here,
 * and its test fails until it does.
 */
export const rowsOfVersion: Readonly<Record<number, string>> = {
  10: `
    insert into workspace values (1, 'w', 'Ada''s school', 'both', 0, 'd', 1);
    insert into settings values ('timeZone', '"Europe/London"', 1);
    insert into people (key, id, given_name, family_name, email, phone, created_at, updated_at) values
      (1, x'01', 'Ada', 'Lovelace', 'ada@school.example', null, 1, 1), (2, x'02', 'Zara', 'Patel', 'zara@example.com', '+447700900001', 1, 1);
    insert into consents values (1, x'03', 2, 'admissions', 'email', 1, 'import', 1, null);
    insert into departments values (1, 'd1', 'Admissions', 1);
    insert into teams values (1, 't1', 1, 'Admissions', 1);
    insert into users (key, id, person_key, email, role, team_key, created_at, updated_at) values (1, 'u1', 1, 'ada@school.example', 'super_admin', 1, 1, 1);
    insert into sessions (id, user_key, token_hash, door, created_at, last_seen_at, expires_at) values ('s1', 1, x'aa', 'cli', 1, 1, 2);`,
  20: `
    insert into audit values (1, 1, 'u1', 'cli', 'platform.workspaces.create', null, '[]', 'succeeded', '{}', zeroblob(32), x'bb');
    insert into audit_head values (1, 1, x'bb');`,
  30: `
    insert into sources values (1, 's1', 'UCAS', 'ucas', 1);
    insert into courses values (1, 'c1', 'Law', 'law', 1);
    insert into campuses values (1, 'k1', 'City', 'city', 1);
    insert into course_capacities values (1, 'p1', 1, 1, 20, 1);
    insert into countries values (1, 'France', 'france');
    insert into cities values (1, 'Paris', 'paris');
    insert into attributes values (1, 'a1', 'occupation', 'Occupation', 'option', 'at_enquiry', 1, 1);
    insert into attribute_options values (1, 1, 'Student', 'student');`,
  40: `
    insert into leads (key, id, person_key, sort_name, stage, source_key, course_key, owner_key, team_key, created_at, updated_at)
      values (1, x'11', 2, 'patel zara', 0, 1, 1, 1, 1, 1, 1), (2, x'12', 2, 'patel zara', 3, null, null, null, 1, 1, 1);
    insert into attribute_values values (1, 1, 1);
    insert into leads_search (rowid, name, email, reference) values (1, 'Zara Patel', 'zara@example.com', 'A-1');
    insert into touchpoints (key, id, lead_key, kind, direction, at, user_key, created_at) values (1, x'21', 1, 'call', 'outbound', 1, 1, 1);
    insert into tasks (key, id, lead_key, title, assignee_key, created_by, created_at, updated_at) values (1, x'31', 1, 'Call', 1, 1, 1, 1);
    insert into applications values (1, x'41', 1, 1, 1, 'started', 1, 1);
    insert into outcomes values (1, 1, 0, 'stage');
    insert into duplicates values (1, 2, 'email', 'open', 1);`,
  50: `
    insert into import_origins values (1, 'o1', 'Fair', 'fair', 1);
    insert into imports (key, id, origin_key, user_key, team_key, file_name, file_bytes, shape, mapping, state, started_at)
      values (1, 'i1', 1, 1, 1, 'leads.csv', 10, 'shape', '[]', 'done', 1);
    insert into import_updates values (1, 1, '{}', '{}', 1);
    insert into import_problems values (1, 2, 1, 'rejected', null, '{}', '[]');
    insert into import_mappings values ('shape', 1, '[]', 1);`,
  60: `
    insert into lead_scoring_weights values (1, 'w1', 40, 30, 20, 20, 15, 1, 1);
    insert into lead_scoring_weights_audit values (1, 1, null, 1, 1, 'The defaults.');
    insert into triage_configurations values (1, 'triage', '{}', 1, 1);
    insert into triage_baselines values (1, '{}', 1);
    insert into lead_scores values (1, 1, 1, 50, 0.5, 1, 1, 1, 1, 1, '{}', '{}');`,
  70: `
    insert into jobs (id, entry, user_key, input, state, created_at) values ('j1', 'admissions.imports.run', 1, '{}', 'succeeded', 1);
    insert into schedule_runs values ('triage.age', 1);`,
  80: `
    insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', x'11', '*', null, 1);`,
  90: `
    update leads set merged_into = 1 where key = 2;
    update duplicates set state = 'merged', decided_at = 2, decided_by = 1;
    insert into merges values (1, x'51', 1, 2, 1, 2, '{}', null, null);`,
  100: `
    update leads set alerts = 2 where key = 1;
    insert into alerts (lead_key, cause, level, severity, state, present, evidence, opened_at, due_at, user_key) values (1, 0, 2, 0, 1, 1, '{}', 1, 2, 1);
    insert into alert_events values (1, x'51', 1, 0, 'acknowledged', 1, 1, null, '{}');`,
  110: `
    insert into views (id, name, owner_key, team_key, audience, filter_version, filter, search, sort, direction, columns, created_at, updated_at)
      values ('v1', 'Law', 1, 1, 'team', 1, '{"field":"course","is":"Law"}', '', 'score', 'descending', '["name","score"]', 1, 1);`,
  120: `
    update leads set score = 50 where key = 1;`,
  130: `
    update imports set like_names = 1 where key = 1;
    update import_updates set line = 2;`,
  131: `
    update leads set opens_left_out = 1, engaged_at = 2 where key = 1;
    insert into engagement_files (key, id, user_key, file_name, state, started_at) values (1, x'71', 1, 'events.csv', 'done', 1);
    insert into engagement_events (id, lead_key, file_key, kind, at, message, shown, verdict, reason, created_at) values (x'72', 1, 1, 1, 2, 'm', 1, 1, '{}', 2);
    insert into engagement_configurations values (1, '{}', 1, 1);`,
  150: `
    insert into notes (id, lead_key, text, user_key, created_at) values (x'61', 1, 'Prefers evenings', 1, 1);
    insert into attachments (id, lead_key, kind, name, link, device_id, user_key, created_at) values (x'71', 1, 'link', 'Transcript', 'https://example.org/', 'd', 1, 1);
    update tasks set removed_at = 2;
    insert into consents (id, person_key, purpose, channel, granted, basis, at, user_key) values (x'04', 2, 'marketing', 'email', 0, 'spoken', 2, 1);`,
  200: `
    insert into study_courses (key, id, code, title, owner_key, team_key, audience, created_at, updated_at) values (1, x'61', 'ham', 'Technician', 1, 1, 'everyone', 1, 1);
    insert into study_domains (key, id, course_key, code, title, weight, position) values (1, x'62', 1, 'T1', 'Rules', 20, 0);
    insert into study_topics (key, id, domain_key, code, title, position) values (1, x'63', 1, 'T1A', 'Purpose', 0);
    insert into study_modules (key, id, course_key, code, title, position) values (1, x'64', 1, 'm1', 'First', 0), (2, x'65', 1, 'm2', 'Second', 1);
    insert into study_module_requirements values (2, 1);
    insert into study_sections (key, id, module_key, topic_key, code, title, body, position) values (1, x'66', 1, 1, 's1', 'Why', 'Because.', 0);
    insert into study_questions (key, id, course_key, topic_key, external_id, kind, stem, position, created_at, updated_at) values (1, x'67', 1, 1, 'T1A01', 'single', 'Which?', 0, 1, 1);
    insert into study_options values (1, 1, 0, 'This', 1, null, null), (2, 1, 1, 'That', 0, null, null);
    insert into study_section_questions values (1, 1, 0);
    insert into study_flashcards (key, id, course_key, topic_key, external_id, front, back, position) values (1, x'68', 1, 1, 'f1', 'Front', 'Back', 0);
    insert into study_labs (key, id, course_key, topic_key, code, title, lab, position) values (1, x'69', 1, 1, 'l1', 'Lab', '{}', 0);
    insert into study_course_revisions values (1, x'6a', 1, 1, 1, 'csv', 'ham.csv', x'00', 1, 0, 0, 0, 0, '{}', 1, null);
    insert into study_question_edits values (1, x'6b', 1, 1, null, '{}', 1);
    insert into study_search (rowid, course_key, title, body) values (5, 1, 'T1A01', 'Which?');`,
  210: `
    insert into student_goals (key, id, user_key, course_key, exam_date, hours_a_week, style, chosen_at, created_at, updated_at)
      values (1, x'71', 1, 1, '2026-11-01', 5, 'mixed', 1, 1, 1);
    insert into adaptive_learning_paths values (1, x'72', 1, 1, 1, 'fast_track', '{}', 'asked', 1, null);
    insert into learning_path_steps values (1, 1, 0, '2026-10-05', 'section', 1, 1, null, null, 8);
    insert into study_sessions values (1, x'73', 1, 1, 'mock', '{}', 1, 2, null, null);
    insert into study_attempts values (1, x'74', 1, 1, 1, 1, 2, 1, '[0]', 1, 3, 9000, '[[1]]', 2);
    insert into study_cards values (1, x'75', 1, 1, 1, null, 'fsrs', 2, 3, 2.3, 5, 1, 0, 0, 2, null, 1);
    insert into study_reviews values (1, x'76', 1, 1, 1, 3, 2, 0, 2, 0, 0, 2.3, 5, '{}', null);
    insert into study_schedules values (1, x'77', 1, '[]', 400, 0.35, 0.33, 1, 1);
    insert into study_exams values (1, '[]', 40, 26, null, 0, null, 35);
    insert into study_exam_answers values (1, 0, 1, '[0]', null, 1, 9000, 1, 2, null);
    insert into study_section_progress values (1, 1, 1, 0.8, 1, 1);
    insert into study_marks values (1, 1, 1);
    insert into study_lab_progress values (1, 1, '{}', 1, 1, null);`,
  140: `
    insert into tags (key, id, name, folded, created_by, created_at, updated_at) values (1, 'g1', 'Open day', 'open day', 1, 1, 1), (2, 'g2', 'Openday', 'openday', 1, 1, 1);
    update tags set merged_into = 1 where key = 2;
    insert into lead_tags values (1, 1);
    insert into bulk_changes (key, id, user_key, field, wanted, state, at) values (1, 'b1', 1, 'stage', 'lost', 'done', 1);
    insert into bulk_change_leads values (1, 1, 0, 7);
    update views set grouping = 'source', widths = '{"name":240}';`,
  220: `
    insert into learning_configurations values (1, x'81', 'readiness', '{}', 1, '', 1);
    insert into student_performance_snapshots values (1, x'82', 1, 1, 20000, 40, 0.8, 3, 1, 20000, 20020, '{}', 1);
    insert into pass_probability_predictions values (1, x'83', 1, 1, 20000, 0.7, 0.5, 0.9, 0.8, 40, '{}', 1);
    insert into mastery_predictions values (1, 1, 1, 1, 20000, 'onTheWay', 0.7, 40, 8);
    insert into performance_heatmaps values (1, 1, 'domainByWeek', 20000, 40, '{}');
    insert into study_recommendations values (1, x'84', 1, 1, 'mock', 'next_action', 'high', 'completed', null, null, 40, 30, 1);
    insert into intervention_alerts values (1, x'85', 1, 1, 'declining', 'high', '{}', 1, null);
    insert into cohort_benchmarks values (1, 1, 'global', 'all', 'accuracy', 6, 0.7, 0.6, 0.7, 0.8, 1);
    insert into student_cohort_assignments values (1, 1, 'global', 'all', 1);
    insert into study_comparison_choices values (1, x'86', 0, 1);
    insert into learning_analytics_cache values ('a', '{}', 1, 2);
    insert into ai_tutor_conversations values (1, x'87', 1, 1, 'motivation', 'Before the exam', 1, 1, null);
    insert into ai_tutor_messages values (1, x'88', 1, 'student', 'Help.', null, null, 1);`,
  230: `
    insert into study_knowledge_fits values (1, 400, 400, 30, 1, 1);
    insert into study_topic_slopes values (1, '[0,0,0,0,0,0]');`,
  231: `
    insert into study_outcome_regressions values (1, 1, 90, 50, 400, 0.8, 0.17, 0.78, 0.18, 1, '{}');`,
  232: `
    update student_performance_snapshots set began_at = 1;`,
  233: `
    update study_courses set statistics = '{}' where key = 1;`,
  300: `
    insert into models values (1, 'm1', 'lead.conversion', 'gradient_boosting', 1, '{}', x'00', 'c', 1, 1);
    insert into model_activations values (1, 'lead.conversion', 1, 'activated', 1, 1);
    insert into lead_predictions values (1, 1, 0.5, 0.4, 0.6, 1);`,
  332: `
    insert into model_watch values (1, 1, 1, '[]', null, '[]');`,
  331: `
    insert into weight_proposals select 1, 'wp1', max(key), 'not_better', '{}', 'open', 1, null, null from lead_scoring_weights;`,
  330: `
    insert into academic_calendars values (1, '{"yearBegins":"09-01","periods":[]}', 1, 1);`,
  360: `
    update views set group_sort = 'rate', group_direction = 'descending';`,
  400: `
    insert into language_settings values (1, '{}', 1);
    insert into language_keys values (1, 'https://api.example', '00', '00', 'abcd', 1, 1);
    insert into language_agreements values (1, 1);
    insert into language_calls values (1, 'c1', 1, 1, 'ask', 'm', 'api.example', 'succeeded', 1, 10, 5, 0, 0, 30, 900, '{}', '[]', '{}', 'Yes.');`,
  310: `
    insert into leads (key, id, person_key, sort_name, stage, team_key, created_at, updated_at) values (310, x'0310', 1, 'p', 0, 1, 1, 1);
    insert into lead_predictions values (310, 1, 0.5, 0.4, 0.6, 1, 0.9, 1);`,
  430: `
    insert into queries (key, id, name, owner_key, team_key, audience, text, filter_version, context, created_at, updated_at)
      values (1, 'q1', 'Stalled', 1, 1, 'team', 'stalled leads from UCAS', 1, null, 1, 1);
    insert into asked_questions values (1, 'a1', 1, 'only those from London', 1, '{}', 1);`,
  480: `
    insert into consents (id, person_key, purpose, channel, granted, basis, at, user_key) values (x'0480', 2, 'ai', 'model', 0, 'spoken', 3, 1);`,
  481: `
    insert into touchpoints (id, lead_key, kind, direction, at, created_at) select x'0481', key, 'call', 'outbound', 1, 1 from leads limit 1;`,
  450: `
    update ai_tutor_conversations set removed_at = 2;
    insert into ai_tutor_messages values (2, x'89', 1, 'tutor', 'Read it again [1].', 1, null, 2, 'course', 0, 1, 1, '{"rung":"read"}');`,
  470: `
    insert into lead_chats values (1, 'c1', 1, 'Stalled leads', 1, 1, 1, null);
    insert into lead_chat_messages values (1, 'm1', 1, 'ivy', '3 leads.', 'machine', '{}', 1);`,
};
