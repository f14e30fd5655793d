-- What families left behind on the days of the table `day` (0 is yesterday).
INSERT INTO check_in (id, schedule_id, child_id, person_id, template, template_version, local_date, slot, due_at,
    sent_at, closes_at, late_until, state, asked_at, message_id, step, finished_at, created_at)
SELECT (:days - d) * :families + k, k + 1, k + 1, k + 1, 'pulse', 1, date, '18:00', at, at, at + 4 * :hour,
    at + 48 * :hour, CASE (k + d) % 5 WHEN 0 THEN 'expired' ELSE 'done' END, at, (:days - d) * :families + k,
    'Put on both shoes', at + 600000, at
FROM day, family ORDER BY d DESC, k;

INSERT INTO answer (check_in_id, person_id, question, value, answered_at)
SELECT id, person_id, 'day', CASE id % 4 WHEN 0 THEN '"hard"' WHEN 1 THEN '"great"' ELSE '"ok"' END, due_at
FROM check_in WHERE id < :check_in AND state = 'done';

INSERT INTO answer (check_in_id, person_id, question, value, answered_at)
SELECT id, person_id, 'step', '"yes"', due_at
FROM check_in WHERE id < :check_in AND state = 'done';

INSERT INTO answer (check_in_id, person_id, question, text, answered_at)
SELECT id, person_id, 'say', 'He told his grandmother about the swings, in three whole sentences.', due_at
FROM check_in WHERE id < :check_in AND state = 'done' AND id % 2 = 0;

INSERT INTO note (child_id, person_id, kind, text, message_id, recorded_at)
SELECT k + 1, k + 1, CASE d % 3 WHEN 0 THEN 'win' ELSE 'note' END,
    'She put on both shoes without being asked, and waited at the door.', 500000000000 + d * :families + k, at
FROM day, family WHERE d % 2 = 0 ORDER BY d DESC, k;

INSERT INTO inbound (account_id, telegram_message_id, note_id, at)
SELECT :account + person_id - 1, 20 + id / :families, id, recorded_at
FROM note;

INSERT INTO copy (chat_id, telegram_message_id, message_id, at)
SELECT :account + person_id - 1, 1000000 + id / :families, message_id, at
FROM (SELECT id, person_id, message_id, due_at AS at FROM check_in WHERE id < :check_in);

INSERT INTO handled (meaning, update_id, batch)
SELECT lower(hex(randomblob(16))), id, (due_at << 18) * 16
FROM check_in WHERE id < :check_in;

INSERT INTO outbox (id, message_id, chat_id, priority, method, payload, state, created_at, settled_at)
SELECT id, message_id, :account + person_id - 1, 2, 'sendMessage', '', 'sent', due_at, due_at
FROM check_in WHERE id < :check_in AND due_at > :now - 7 * 24 * :hour;
