-- What do most texts state plainly?
SELECT
  subject_label AS subject,
  relation,
  object_label AS object,
  count(DISTINCT text) AS texts,
  count(*) AS claims
FROM claims AS c
WHERE plain
GROUP BY c.subject, subject_label, relation, c.object, object_label
ORDER BY texts DESC, claims DESC, subject, relation, object
LIMIT 100
