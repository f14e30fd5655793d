-- Who is there: caregiver and child of family k have the id k + 1, therapist t has families + 1 + t.
INSERT INTO account (id, created_at)
SELECT :account + k, :early
FROM family;

INSERT INTO account (id, created_at)
SELECT :account + :families + k, :early
FROM family WHERE k < :therapists;

INSERT INTO person (id, kind, account_id, name, role, language, timezone, quiet_from, quiet_until, joined_at,
    created_at)
SELECT k + 1, 'caregiver', :account + k, 'Alex', 'mother', 'en', 'UTC', :quiet_from, :quiet_until, :early, :early
FROM family;

INSERT INTO person (id, kind, account_id, name, language, timezone, joined_at, created_at)
SELECT :families + 1 + k, 'therapist', :account + :families + k, 'Dana', 'en', 'UTC', :early, :early
FROM family WHERE k < :therapists;

INSERT INTO child (id, name, birth_month, created_at)
SELECT k + 1, 'Robin ' || k, '2022-05', :early
FROM family;

INSERT INTO home_step (id, child_id, text, routine, from_date, created_at)
SELECT k + 1, k + 1, 'Put on both shoes', 'dressing', '2020-01-01', :early
FROM family;

INSERT INTO access (person_id, child_id, "right", from_at)
SELECT k + 1, k + 1, 'care', :early
FROM family;

INSERT INTO access (person_id, child_id, "right", from_at)
SELECT :families + 1 + k / :caseload, k + 1, 'treat', :early
FROM family;

INSERT INTO consent (person_id, purpose, given, text_version, language, at)
SELECT k + 1, 'care', 1, '1', 'en', :early
FROM family;

INSERT INTO schedule (id, person_id, child_id, template, days, time, starts_on, created_at)
SELECT k + 1, k + 1, k + 1, 'pulse', '0123456', :slot, '2020-01-01', :early
FROM family;

INSERT INTO schedule (id, person_id, template, days, time, starts_on, created_at)
SELECT :families + 1 + k, :families + 1 + k, 'digest', '4', '08:00', '2020-01-01', :early
FROM family WHERE k < :therapists;

INSERT INTO due (schedule_id, local_date, slot, due_at)
SELECT k + 1, :due_date, :slot, :due_at
FROM family WHERE k < :due;

INSERT INTO due (schedule_id, local_date, slot, due_at)
SELECT k + 1, :later_date, :slot, :later
FROM family WHERE k >= :due;

INSERT INTO due (schedule_id, local_date, slot, due_at)
SELECT :families + 1 + k, :week_date, '08:00', :week
FROM family WHERE k < :therapists;
