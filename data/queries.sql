-- weeks: messages, threads, customers and feeling by week, the newest 13
SELECT week, count(*) AS messages, count(DISTINCT thread) AS threads, count(DISTINCT customer) AS customers,
       round(avg(sentiment), 3) AS sentiment, round(avg(label = 'negative'), 3) AS negative
FROM message WHERE week IN newest_weeks AND NOT duplicate AND NOT automatic AND ifnull(role, 'customer') = 'customer'
GROUP BY week ORDER BY week;

-- themes: themes of the newest week, with feeling
SELECT theme, count(DISTINCT message) AS messages, round(avg(sentiment), 3) AS sentiment
FROM themes WHERE week = (SELECT max(week) FROM message) GROUP BY theme ORDER BY messages DESC, theme;

-- theme-weeks: themes by week, the newest 13
SELECT week, theme, count(DISTINCT message) AS messages, round(avg(sentiment), 3) AS sentiment
FROM themes WHERE week IN newest_weeks GROUP BY week, theme ORDER BY week, messages DESC, theme;

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

-- cue-weeks: messages with each cue by week, and their share of the week's messages, the newest 13
SELECT week, cue, messages, round(1.0 * messages / n, 4) AS share
FROM (SELECT week, cue, count(DISTINCT message) AS messages FROM cues WHERE week IN newest_weeks GROUP BY week, cue)
     JOIN (SELECT week, count(*) AS n FROM message
           WHERE NOT duplicate AND NOT automatic AND ifnull(role, 'customer') = 'customer' GROUP BY week) USING (week)
ORDER BY week, messages DESC, cue;

-- cue-words: the newest week's cues in the customers' own words
SELECT cue, kind, lower(words) AS words, count(*) AS times FROM cues WHERE week = (SELECT max(week) FROM message)
GROUP BY cue, kind, lower(words) ORDER BY times DESC, cue, kind, words LIMIT 100;

-- cue-themes: which cues the newest week's themes come with
SELECT t.theme, c.cue, count(DISTINCT t.message) AS messages
FROM themes t JOIN cue c ON c.message = t.message WHERE t.week = (SELECT max(week) FROM message)
GROUP BY t.theme, c.cue ORDER BY messages DESC, t.theme, c.cue;

-- demand: failure, value and unknown demand by week, the newest 13
SELECT week, sum(demand = 'failure') AS failure, sum(demand = 'value') AS value, sum(demand = 'unknown') AS unknown,
       round(avg(demand = 'failure'), 3) AS failure_share
FROM demand WHERE week IN newest_weeks GROUP BY week ORDER BY week;

-- demand-channels: failure, value and unknown demand of the newest week by channel
SELECT channel, sum(demand = 'failure') AS failure, sum(demand = 'value') AS value, sum(demand = 'unknown') AS unknown
FROM demand WHERE week = (SELECT max(week) FROM message) GROUP BY channel ORDER BY failure DESC, channel;

-- leaving: the newest messages of customers who may leave, in their own words
SELECT day, channel, customer, words, id FROM cues WHERE cue = 'churn' ORDER BY day DESC, id LIMIT 100;

-- escalations: the newest messages that name a next step: manager, complaint, authority, legal, public
SELECT day, channel, customer, kind, words, id FROM cues WHERE cue = 'escalation' ORDER BY day DESC, id LIMIT 100;

-- repeats: customers with several contacts in the newest two weeks
SELECT customer, count(DISTINCT ifnull(thread, id)) AS contacts, min(day) AS first_day, max(day) AS last_day,
       group_concat(DISTINCT channel) AS channels
FROM message WHERE customer IS NOT NULL AND ifnull(role, 'customer') = 'customer' AND NOT duplicate AND NOT automatic
      AND week IN (SELECT week FROM newest_weeks LIMIT 2)
GROUP BY customer HAVING contacts > 1 ORDER BY contacts DESC, customer LIMIT 100;

-- unanswered: conversations of the newest week whose last word is the customer's, where staff write at all
SELECT m.day, m.channel, m.customer, m.thread, m.sentiment, m.id FROM message m
WHERE m.week = (SELECT max(week) FROM message) AND m.thread IS NOT NULL AND ifnull(m.role, 'customer') = 'customer'
      AND NOT m.duplicate AND NOT m.automatic
      AND m.channel IN (SELECT channel FROM message WHERE role = 'agent')
      AND NOT EXISTS (SELECT 1 FROM message o WHERE o.thread = m.thread AND (o.time, o.turn) > (m.time, m.turn))
ORDER BY m.day, m.id LIMIT 100;

-- customers: customers with most negative messages
SELECT n.customer, (SELECT count(*) FROM message m WHERE m.customer = n.customer
                    AND ifnull(m.role, 'customer') = 'customer') AS messages, n.negative, n.last
FROM (SELECT customer, count(*) AS negative, max(day) AS last FROM message INDEXED BY message_negative
      WHERE label = 'negative' AND customer IS NOT NULL AND ifnull(role, 'customer') = 'customer'
      GROUP BY customer ORDER BY negative DESC, last DESC, customer LIMIT 100) n
ORDER BY n.negative DESC, n.last DESC, n.customer;

-- negative: the newest negative messages
SELECT day, channel, id, sentiment, text FROM messages WHERE label = 'negative' ORDER BY day DESC, id LIMIT 100;

-- words: the words behind the newest week's feelings, by how often they count
SELECT h.term, count(*) AS times, round(avg(h.weight), 2) AS weight FROM message m JOIN hit h ON h.message = m.key
WHERE m.week = (SELECT max(week) FROM message) GROUP BY h.term ORDER BY times DESC, h.term LIMIT 100;

-- changed: messages that say something else than they used to
SELECT id, version, text FROM versions WHERE id IN (SELECT id FROM message WHERE version > 1) ORDER BY id, version;
