-- Each family is in the middle of a check-in: bench.updates.PRESSES answers it.
INSERT INTO check_in (id, schedule_id, child_id, person_id, template, template_version, local_date, slot, due_at,
    sent_at, closes_at, late_until, state, question, awaits_words, asked_at, message_id, step, created_at)
SELECT :check_in + k, k + 1, k + 1, k + 1, 'pulse', 1, :today, '00:00', :now, :now, :now + 4 * :hour,
    :now + 48 * :hour, 'open', CASE k % 3 WHEN 0 THEN 'day' WHEN 1 THEN 'step' ELSE 'say' END, k % 3 = 2, :now,
    :check_in + k, 'Put on both shoes', :now
FROM family;

INSERT INTO answer (check_in_id, person_id, question, value, answered_at)
SELECT :check_in + k, k + 1, 'day', '"ok"', :now
FROM family WHERE k % 3 > 0;

INSERT INTO answer (check_in_id, person_id, question, value, answered_at)
SELECT :check_in + k, k + 1, 'step', '"yes"', :now
FROM family WHERE k % 3 = 2;

INSERT INTO copy (chat_id, telegram_message_id, message_id, at)
SELECT :account + k, :shown, :check_in + k, :now
FROM family;

-- The monthly word about small wins has come: a tap has one answer.
INSERT INTO content (person_id, at, kind)
SELECT k + 1, :now, 'win'
FROM family;
