-- weeks: messages, threads, customers and feeling by week
SELECT * FROM weeks ORDER BY week;

-- themes: themes of the newest week, with feeling
SELECT theme, count(DISTINCT message) AS messages, round(avg(sentiment), 3) AS sentiment
FROM themes WHERE week = (SELECT max(week) FROM message) GROUP BY theme ORDER BY messages DESC, theme;

-- theme-weeks: themes by week
SELECT week, theme, count(DISTINCT message) AS messages, round(avg(sentiment), 3) AS sentiment
FROM themes WHERE week IS NOT NULL GROUP BY week, theme ORDER BY week, messages DESC, theme;

-- channels: messages and feeling by channel
SELECT channel, count(*) AS messages, round(avg(sentiment), 3) AS sentiment,
       round(avg(label = 'negative'), 3) AS negative
FROM message WHERE NOT duplicate AND NOT automatic AND ifnull(role, 'customer') = 'customer'
GROUP BY channel ORDER BY messages DESC, channel;

-- nps: NPS by week, each contact once
SELECT week, count(*) AS answers,
       round(100.0 * sum((value >= 9) - (value <= 6)) / count(*), 1) AS nps
FROM (SELECT m.week, min(r.value) AS value FROM rating r JOIN message m ON m.key = r.message
      WHERE r.rating = 'nps' GROUP BY ifnull(m.thread, m.id)) GROUP BY week ORDER BY week;

-- cues: cues by kind
SELECT cue, kind, count(DISTINCT message) AS messages FROM cue GROUP BY cue, kind ORDER BY messages DESC, cue, kind;

-- customers: customers with most negative messages
SELECT customer, count(*) AS messages, sum(label = 'negative') AS negative, max(day) AS last
FROM message WHERE customer IS NOT NULL AND ifnull(role, 'customer') = 'customer'
GROUP BY customer ORDER BY negative DESC, messages DESC, customer LIMIT 100;

-- negative: the newest negative messages
SELECT day, channel, id, sentiment, text FROM messages WHERE label = 'negative' ORDER BY day DESC, id LIMIT 100;

-- words: the words behind feelings, by how often they count
SELECT term, count(*) AS times, round(avg(weight), 2) AS weight FROM hit GROUP BY term ORDER BY times DESC, term LIMIT 100;

-- changed: messages that say something else than they used to
SELECT id, version, text FROM versions WHERE id IN (SELECT id FROM message WHERE version > 1) ORDER BY id, version;
