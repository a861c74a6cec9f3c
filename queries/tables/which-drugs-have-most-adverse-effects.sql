-- Which drugs have the most different adverse effects, as the texts plainly say?
SELECT
  subject_label AS drug,
  count(DISTINCT object) AS effects,
  count(*) AS claims,
  count(DISTINCT text) AS texts
FROM claims AS c
WHERE plain AND relation = 'hasAdverseEffect' AND subject_category IN ('Drug', 'DrugClass')
GROUP BY c.subject, subject_label
ORDER BY effects DESC, claims DESC, drug
LIMIT 100
