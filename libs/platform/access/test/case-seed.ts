/** The deciding clock of these specs. */
export const AT = '2031-03-14T12:00:00.000Z';
/** Nine cases of one team, of which some are shared with a member and a team of another organisation, for better or worse reasons. */
export const SEED = `
insert into cases.directory_organisation values ('org-a', 'anti_trafficking_project', 'umbria', true), ('org-b', 'anti_trafficking_project', 'toscana', true), ('org-x', 'association', 'umbria', false);
insert into cases.directory_member values ('giulia', 'org-a', true), ('elena', 'org-b', true), ('marco', 'org-b', true), ('xenia', 'org-x', true), ('old', 'org-a', false), ('visitor', 'org-b', true);
insert into cases.directory_seat values ('team-a', 'giulia', null), ('team-a', 'old', null), ('team-a', 'xenia', null), ('team-i', 'elena', null), ('team-a', 'visitor', '2031-03-14 12:00:01');
insert into cases.case_list
  select 'case-' || n, 'umbria', 'org-a', 'team-a', case when n = 9 then 'Closed' else 'Emersion' end, '2031-01-01', timestamptz '2031-03-01' + n * interval '1 hour',
         'giulia', '{}', case when n = 8 then array['giulia'] else '{}' end, '{}', '054039', '{}', false from generate_series(1, 9) n;
insert into cases.case_group select case_id, 'NEED', '{"needs": ["health_care"]}' from cases.case_list;
insert into cases.basis values ('consent-1', 'case-1', true, null), ('consent-2', 'case-2', false, null), ('consent-3', 'case-3', true, timestamptz '2031-03-14 12:00'),
  ('consent-4', 'case-4', true, null), ('consent-5', 'case-5', true, null), ('consent-9', 'case-9', true, null);
insert into cases.access_grant
  select 'grant-' || n, 'case-' || n, 'elena', null, 'org-b', 'referral-accepted', '{ID,NEED}', 'direct_assistance', 'consent', 'consent-' || n,
         case when n = 4 then timestamptz '2031-03-14 12:00' else timestamptz '2031-04-01' end, case when n = 5 then timestamptz '2031-03-10' end, 'other'
  from unnest(array[1, 2, 3, 4, 5, 9]) n;
insert into cases.basis values ('share-6', 'case-6', true, null);
insert into cases.access_grant values ('grant-6', 'case-6', null, 'team-i', 'org-b', 'interregional-team', '{NEED}', 'joint_case', 'legal_basis', 'share-6', '2031-04-01', null, 'other');
insert into cases.access_grant values ('glass-7', 'case-7', 'marco', null, 'org-b', 'break-glass', '{CON}', 'emergency', 'break-glass', 'breakGlass-7', '2031-03-14 12:30', null, 'other');
`;
