#include "store/schema.h"

/* Each step makes its version of the one before, and is never changed once released. No clock is kept
 * anywhere: the same records in the same order make the same tables. */
static const char *const STEPS[] = {
    /* 1: messages, what was found in them, and their words. */
    "CREATE TABLE message ("
    "    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, time TEXT, day TEXT, week TEXT, channel TEXT,"
    "    role TEXT, author TEXT, customer TEXT, thread TEXT, turn INTEGER, touchpoint TEXT, unit TEXT,"
    "    lang TEXT, sentiment REAL, label TEXT, negative REAL, positive REAL,"
    "    duplicate INTEGER NOT NULL, automatic INTEGER NOT NULL, source TEXT, version INTEGER NOT NULL,"
    "    emptied INTEGER NOT NULL, said BLOB NOT NULL, found BLOB NOT NULL);"
    "CREATE INDEX message_week ON message(week);"
    "CREATE INDEX message_customer ON message(customer) WHERE customer IS NOT NULL;"
    "CREATE TABLE record (message INTEGER PRIMARY KEY, json TEXT NOT NULL);"
    "CREATE TABLE version (message INTEGER NOT NULL, version INTEGER NOT NULL, said BLOB NOT NULL,"
    "    json TEXT NOT NULL, PRIMARY KEY (message, version));"
    "CREATE TABLE theme (message INTEGER NOT NULL, place INTEGER NOT NULL, theme TEXT NOT NULL, weight REAL,"
    "    start INTEGER, end INTEGER, sentiment REAL, PRIMARY KEY (message, place)) WITHOUT ROWID;"
    "CREATE INDEX theme_theme ON theme(theme);"
    "CREATE TABLE cue (message INTEGER NOT NULL, place INTEGER NOT NULL, cue TEXT NOT NULL, kind TEXT,"
    "    start INTEGER, end INTEGER, PRIMARY KEY (message, place)) WITHOUT ROWID;"
    "CREATE INDEX cue_cue ON cue(cue);"
    "CREATE TABLE rating (message INTEGER NOT NULL, rating TEXT NOT NULL, value REAL NOT NULL,"
    "    PRIMARY KEY (message, rating)) WITHOUT ROWID;"
    "CREATE TABLE erased (id BLOB PRIMARY KEY) WITHOUT ROWID;"
    "CREATE VIEW searched AS SELECT message AS key,"
    "    ifnull(json_extract(json, '$.subject') || char(10), '') || ifnull(json_extract(json, '$.text'), '')"
    "        AS text,"
    "    json_extract(json, '$.terms') AS terms FROM record;"
    "CREATE VIRTUAL TABLE search USING fts5(text, terms, content='searched', content_rowid='key',"
    "    tokenize=\"unicode61 remove_diacritics 0\");",

    /* 2: views with plain names. */
    "CREATE VIEW messages AS SELECT m.key, m.id, m.time, m.day, m.week, m.channel, m.role, m.author,"
    "    m.customer, m.thread, m.turn, m.touchpoint, m.unit, m.lang, m.sentiment, m.label,"
    "    (SELECT value FROM rating WHERE message = m.key AND rating = 'nps') AS nps,"
    "    json_extract(r.json, '$.subject') AS subject, json_extract(r.json, '$.text') AS text, m.version,"
    "    m.duplicate, m.automatic, m.source FROM message m JOIN record r ON r.message = m.key;"
    "CREATE VIEW themes AS SELECT t.theme, m.week, m.channel, m.touchpoint, m.unit, t.weight, t.sentiment,"
    "    m.label, m.id, t.start, t.end, t.message FROM theme t JOIN message m ON m.key = t.message;"
    "CREATE VIEW cues AS SELECT c.cue, c.kind, m.week, m.channel, m.touchpoint, m.unit, m.label, m.id,"
    "    c.start, c.end, c.message FROM cue c JOIN message m ON m.key = c.message;"
    "CREATE VIEW ratings AS SELECT r.rating, r.value, m.week, m.channel, m.touchpoint, m.unit, m.customer,"
    "    m.id, r.message FROM rating r JOIN message m ON m.key = r.message;"
    "CREATE VIEW hit AS SELECT r.message, h.key AS place, json_extract(h.value, '$.term') AS term,"
    "    json_extract(h.value, '$.weight') AS weight, json_extract(h.value, '$.rule') AS rule,"
    "    json_extract(h.value, '$.start') AS start, json_extract(h.value, '$.end') AS end"
    "    FROM record r, json_each(r.json, '$.score.hits') h;"
    "CREATE VIEW versions AS SELECT m.id, v.version, json_extract(v.json, '$.text') AS text, v.json"
    "    FROM version v JOIN message m ON m.key = v.message"
    "    UNION ALL SELECT m.id, m.version, json_extract(r.json, '$.text'), r.json"
    "    FROM record r JOIN message m ON m.key = r.message;"
    "CREATE VIEW weeks AS SELECT week, count(*) AS messages, count(DISTINCT thread) AS threads,"
    "    count(DISTINCT customer) AS customers, avg(sentiment) AS sentiment, avg(label = 'negative') AS "
    "negative"
    "    FROM message WHERE NOT duplicate AND NOT automatic AND ifnull(role, 'customer') = 'customer'"
    "    GROUP BY week;",

    /* 3: whole conversations and the negative are found by indexes; cues in the customer's own words; what is
       asked for. */
    "CREATE INDEX message_thread ON message(thread) WHERE thread IS NOT NULL;"
    "CREATE INDEX message_negative ON message(day, customer, role) WHERE label = 'negative';"
    "CREATE VIEW newest_weeks AS SELECT DISTINCT week FROM message WHERE week IS NOT NULL"
    "    ORDER BY week DESC LIMIT 13;"
    "DROP VIEW cues;"
    "CREATE VIEW cues AS SELECT c.cue, c.kind, m.day, m.week, m.channel, m.touchpoint, m.unit, m.customer,"
    "    m.thread, m.label, substr(json_extract(r.json, '$.text'), c.start + 1, c.end - c.start) AS words,"
    "    m.id, c.start, c.end, c.message FROM cue c JOIN message m ON m.key = c.message"
    "    LEFT JOIN record r ON r.message = c.message;"
    "CREATE VIEW demand AS SELECT CASE"
    "        WHEN EXISTS (SELECT 1 FROM cue WHERE message = m.key AND cue = 'failure-demand') THEN 'failure'"
    "        WHEN EXISTS (SELECT 1 FROM cue WHERE message = m.key AND cue = 'value-demand') THEN 'value'"
    "        ELSE 'unknown' END AS demand, m.day, m.week, m.channel, m.touchpoint, m.unit, m.customer,"
    "    m.thread, m.label, m.id, m.key AS message FROM message m"
    "    WHERE NOT duplicate AND NOT automatic AND ifnull(role, 'customer') = 'customer';"
    "CREATE VIEW contacts AS SELECT ifnull(thread, id) AS contact, max(customer) AS customer,"
    "    min(channel) AS channel, min(day) AS first_day, max(day) AS last_day, min(week) AS week,"
    "    sum(ifnull(role, 'customer') = 'customer') AS messages, sum(ifnull(role, '') = 'agent') AS answers,"
    "    avg(CASE WHEN ifnull(role, 'customer') = 'customer' THEN sentiment END) AS sentiment"
    "    FROM message WHERE NOT duplicate AND NOT automatic GROUP BY ifnull(thread, id);",

    /* 4: for runs that come again: files that have been read, days that have changed since a report told of
       them, and what a run leaves for the next. */
    "CREATE TABLE reading (path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime INTEGER NOT NULL,"
    "    inode INTEGER NOT NULL, rejected INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE touched (day TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TRIGGER message_added AFTER INSERT ON message WHEN new.day IS NOT NULL BEGIN"
    "    INSERT OR IGNORE INTO touched (day) VALUES (new.day); END;"
    "CREATE TRIGGER message_changed AFTER UPDATE ON message BEGIN"
    "    INSERT OR IGNORE INTO touched (day) SELECT day FROM (SELECT new.day AS day UNION SELECT old.day)"
    "    WHERE day IS NOT NULL; END;"
    "CREATE TRIGGER message_gone AFTER DELETE ON message WHEN old.day IS NOT NULL BEGIN"
    "    INSERT OR IGNORE INTO touched (day) VALUES (old.day); END;",

    /* 5: views that read from left to right: what was said and how first, keys last. */
    "DROP VIEW messages;"
    "CREATE VIEW messages AS SELECT m.day, m.channel, m.label, m.sentiment,"
    "    (SELECT value FROM rating WHERE message = m.key AND rating = 'nps') AS nps,"
    "    json_extract(r.json, '$.text') AS text, json_extract(r.json, '$.subject') AS subject, m.lang,"
    "    m.touchpoint, m.unit, m.customer, m.author, m.role, m.week, m.time, m.thread, m.turn, m.duplicate,"
    "    m.automatic, m.version, m.source, m.id, m.key FROM message m JOIN record r ON r.message = m.key;"
    "DROP VIEW cues;"
    "CREATE VIEW cues AS SELECT c.cue, c.kind,"
    "    substr(json_extract(r.json, '$.text'), c.start + 1, c.end - c.start) AS words, m.day, m.channel,"
    "    m.label, m.customer, m.touchpoint, m.unit, m.week, m.thread, m.id, c.start, c.end, c.message"
    "    FROM cue c JOIN message m ON m.key = c.message LEFT JOIN record r ON r.message = c.message;"
    "DROP VIEW themes;"
    "CREATE VIEW themes AS SELECT t.theme,"
    "    substr(json_extract(r.json, '$.text'), t.start + 1, t.end - t.start) AS words, t.sentiment, "
    "t.weight,"
    "    m.day, m.channel, m.label, m.customer, m.touchpoint, m.unit, m.week, m.thread, m.id, t.start, t.end,"
    "    t.message FROM theme t JOIN message m ON m.key = t.message"
    "    LEFT JOIN record r ON r.message = t.message;",
};

int
voc_schema_newest(void)
{
    return G_N_ELEMENTS(STEPS);
}

static gboolean
is_ours(VocSql *sql, int *version, GError **error)
{
    gint64 application = voc_sql_ask_int(sql, "PRAGMA application_id", 0);
    *version = (int)voc_sql_ask_int(sql, "PRAGMA user_version", 0);
    if (application != VOC_STORE_APPLICATION &&
        (application || *version || voc_sql_ask_int(sql, "SELECT count(*) FROM sqlite_schema", 0))) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s: a database, but not of voc store",
                    voc_sql_path(sql));
        return FALSE;
    }
    if (*version <= voc_schema_newest())
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s: made by a newer voc (its schema is %d, ours %d)",
                voc_sql_path(sql), *version, voc_schema_newest());
    return FALSE;
}

static gboolean
run_steps(VocSql *sql, int version, GError **error)
{
    int have;
    /* Another program may have been first: look again, now that nobody else can write. */
    if (!is_ours(sql, &have, error))
        return FALSE;
    for (; have < version; have++) {
        g_autofree char *number = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                                  VOC_STORE_APPLICATION, have + 1);
        if (!voc_sql_exec(sql, STEPS[have], error) || !voc_sql_exec(sql, number, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
voc_schema_migrate(VocSql *sql, int version, GError **error)
{
    int have;
    if (!is_ours(sql, &have, error))
        return FALSE;
    if (have >= version)
        return TRUE;
    if (!voc_sql_exec(sql, "BEGIN IMMEDIATE", error))
        return FALSE;
    if (run_steps(sql, version, error) && voc_sql_exec(sql, "COMMIT", error))
        return TRUE;
    voc_sql_exec(sql, "ROLLBACK", NULL);
    return FALSE;
}

gboolean
voc_schema_check(VocSql *sql, GError **error)
{
    int have;
    if (!is_ours(sql, &have, error))
        return FALSE;
    if (have == voc_schema_newest())
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                have ? "%s: made by an older voc: run voc store add on it once, with any records"
                     : "%s: an empty store",
                voc_sql_path(sql));
    return FALSE;
}
