-- What do some texts plainly state and others plainly deny?
SELECT
  subject_label AS subject,
  relation,
  object_label AS object,
  count(DISTINCT text) FILTER (plain) AS affirming,
  count(DISTINCT text) FILTER (denied) AS denying
FROM (
  SELECT
    *,
    polarity = 'negated' AND certainty = 'asserted' AND modality = 'factual'
      AND NOT conditional AS denied
  FROM claims
  WHERE object IS NOT NULL
) AS c
GROUP BY c.subject, subject_label, relation, c.object, object_label
HAVING affirming > 0 AND denying > 0
ORDER BY denying DESC, affirming DESC, subject, relation, object
