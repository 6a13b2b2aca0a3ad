/* Adding records. */
#include "store/parts.h"

#include <math.h>

static void
bind_row(VocStatement *s, const VocRow *row)
{
    const VocSlice texts[] = {row->id,
                              row->time,
                              row->day[0] ? voc_slice_from_string(row->day) : VOC_SLICE_NONE,
                              row->week[0] ? voc_slice_from_string(row->week) : VOC_SLICE_NONE,
                              row->channel,
                              row->role,
                              row->author,
                              row->customer,
                              row->thread};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        voc_statement_bind_text(s, (int)i + 1, texts[i]);
    if (row->turn >= 0)
        voc_statement_bind_int(s, 10, row->turn);
    voc_statement_bind_text(s, 11, row->touchpoint);
    voc_statement_bind_text(s, 12, row->unit);
    voc_statement_bind_text(s, 13, row->lang);
    voc_statement_bind_number(s, 14, row->sentiment);
    voc_statement_bind_text(s, 15, row->label);
    voc_statement_bind_number(s, 16, row->negative);
    voc_statement_bind_number(s, 17, row->positive);
    voc_statement_bind_int(s, 18, row->duplicate);
    voc_statement_bind_int(s, 19, row->automatic);
    voc_statement_bind_text(s, 20, row->source);
    voc_statement_bind_blob(s, 21, voc_slice_of((const char *)row->said, VOC_DIGEST));
    voc_statement_bind_blob(s, 22, voc_slice_of((const char *)row->found, VOC_DIGEST));
}

static double
number_at(const VocJson *object, const char *key)
{
    double number;
    return voc_json_number(voc_json_get(object, key), &number) ? number : NAN;
}

static const VocJson *
first_of(VocRecord *record, VocKey key)
{
    const VocJson *list = voc_record_value(record, key);
    return list && list->type == VOC_JSON_ARRAY ? list->first : NULL;
}

static gboolean
add_themes(VocStore *store, gint64 key, VocRecord *record, GError **error)
{
    gint64 place = 0;
    for (const VocJson *theme = first_of(record, VOC_KEY_THEMES); theme; theme = theme->next) {
        VocStatement *s = voc_store_do(store, VOC_DO_THEME, error);
        VocSlice id = voc_json_get_text(theme, "id");
        if (!s)
            return FALSE;
        if (!id.len)
            continue;
        voc_statement_bind_int(s, 1, key);
        voc_statement_bind_int(s, 2, place++);
        voc_statement_bind_text(s, 3, id);
        voc_statement_bind_number(s, 4, number_at(theme, "weight"));
        voc_statement_bind_number(s, 5, number_at(theme, "start"));
        voc_statement_bind_number(s, 6, number_at(theme, "end"));
        voc_statement_bind_number(s, 7, number_at(theme, "score"));
        if (!voc_statement_run(s, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
add_cues(VocStore *store, gint64 key, VocRecord *record, GError **error)
{
    gint64 place = 0;
    for (const VocJson *cue = first_of(record, VOC_KEY_CUES); cue; cue = cue->next) {
        VocStatement *s = voc_store_do(store, VOC_DO_CUE, error);
        VocSlice name = voc_json_get_text(cue, "cue");
        if (!s)
            return FALSE;
        if (!name.len)
            continue;
        voc_statement_bind_int(s, 1, key);
        voc_statement_bind_int(s, 2, place++);
        voc_statement_bind_text(s, 3, name);
        voc_statement_bind_text(s, 4, voc_json_get_text(cue, "kind"));
        voc_statement_bind_number(s, 5, number_at(cue, "start"));
        voc_statement_bind_number(s, 6, number_at(cue, "end"));
        if (!voc_statement_run(s, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
add_ratings(VocStore *store, gint64 key, VocRecord *record, GError **error)
{
    const VocJson *rating = voc_record_value(record, VOC_KEY_RATING);
    const VocJson *at = rating && rating->type == VOC_JSON_OBJECT ? rating->first : NULL;
    for (; at; at = at->next) {
        double value;
        VocStatement *s = voc_store_do(store, VOC_DO_RATING, error);
        if (!s)
            return FALSE;
        if (!voc_json_number(at, &value))
            continue;
        voc_statement_bind_int(s, 1, key);
        voc_statement_bind_text(s, 2, at->key);
        voc_statement_bind_number(s, 3, value);
        if (!voc_statement_run(s, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
add_search(VocStore *store, gint64 key, const VocRow *row, GError **error)
{
    VocStatement *s = voc_store_do(store, VOC_DO_SEARCH, error);
    if (!s)
        return FALSE;
    voc_statement_bind_int(s, 1, key);
    voc_statement_bind_text(s, 2, row->text);
    voc_statement_bind_text(s, 3, row->terms);
    return voc_statement_run(s, error);
}

/* All that hangs on a message's row. */
static gboolean
add_parts(VocStore *store, gint64 key, const VocRow *row, VocRecord *record, GError **error)
{
    VocStatement *s = voc_store_do(store, VOC_DO_RECORD, error);
    if (!s)
        return FALSE;
    voc_statement_bind_int(s, 1, key);
    voc_statement_bind_text(s, 2, row->json);
    return voc_statement_run(s, error) && add_themes(store, key, record, error) &&
           add_cues(store, key, record, error) && add_ratings(store, key, record, error) &&
           add_search(store, key, row, error);
}

/* The message takes the place of what is there; what it said before is kept when it says something else. */
static gboolean
replace(VocStore *store, gint64 key, gboolean changed, const VocRow *row, VocRecord *record, GError **error)
{
    VocRecord old;
    if (!voc_store_get(store, key, &old, error) || !voc_store_unsearch(store, key, &old, error) ||
        (changed && !voc_store_do_key(store, VOC_DO_KEEP_VERSION, key, error)) ||
        !voc_store_do_key(store, VOC_DO_DROP_THEMES, key, error) ||
        !voc_store_do_key(store, VOC_DO_DROP_CUES, key, error) ||
        !voc_store_do_key(store, VOC_DO_DROP_RATINGS, key, error))
        return FALSE;
    VocStatement *s = voc_store_do(store, VOC_DO_UPDATE, error);
    if (!s)
        return FALSE;
    bind_row(s, row);
    voc_statement_bind_int(s, 23, changed);
    return voc_statement_run(s, error) && add_parts(store, key, row, record, error);
}

/* 1 when the message said this once already, 0 when not, -1 on failure. */
static int
was_said(VocStore *store, gint64 key, const VocRow *row, GError **error)
{
    VocStatement *s = voc_store_do(store, VOC_DO_IS_VERSION, error);
    if (!s)
        return -1;
    voc_statement_bind_int(s, 1, key);
    voc_statement_bind_blob(s, 2, voc_slice_of((const char *)row->said, VOC_DIGEST));
    int got = voc_statement_step(s, error);
    voc_statement_reset(s);
    return got;
}

/* Whether a filter has looked at it: an export read again takes nothing away from what was found in it. */
static gboolean
is_examined(const VocRecord *record)
{
    return voc_record_has(record, VOC_KEY_SCORE) || voc_record_has(record, VOC_KEY_CUES) ||
           voc_record_has(record, VOC_KEY_THEMES);
}

/* Whether the record is marked as a copy of itself: a filter has seen the same message twice, from two
 * exports, and the second says nothing of the first. */
static gboolean
is_own_copy(VocRecord *record, const VocRow *row)
{
    return row->duplicate && row->id.len &&
           voc_slice_equal(voc_json_get_text(voc_record_value(record, VOC_KEY_CLEAN), "duplicate_of"),
                           row->id);
}

/* A message whose id is there. */
static gboolean
add_again(VocStore *store, const VocRow *row, VocRecord *record, VocStoreCounts *counts, GError **error)
{
    VocStatement *s = voc_store_do(store, VOC_DO_FIND, error);
    if (!s)
        return FALSE;
    voc_statement_bind_text(s, 1, row->id);
    int got = voc_statement_step(s, error);
    gint64 key = got > 0 ? voc_statement_int(s, 0) : 0;
    VocSlice said = got > 0 ? voc_statement_text(s, 1) : VOC_SLICE_NONE;
    VocSlice found = got > 0 ? voc_statement_text(s, 2) : VOC_SLICE_NONE;
    gboolean same = voc_slice_equal(said, voc_slice_of((const char *)row->said, VOC_DIGEST));
    gboolean all_same = same && voc_slice_equal(found, voc_slice_of((const char *)row->found, VOC_DIGEST));
    all_same |= got > 0 && voc_statement_int(s, 3);
    voc_statement_reset(s);
    if (got < 0)
        return FALSE;
    all_same |= same && (!is_examined(record) || is_own_copy(record, row));
    int known = all_same ? 1 : same ? 0 : was_said(store, key, row, error);
    if (known) {
        counts->known += known > 0;
        return known > 0;
    }
    counts->changed += !same;
    counts->updated += same;
    return replace(store, key, !same, row, record, error);
}

static int
is_erased(VocStore *store, const VocRow *row, GError **error)
{
    guint8 digest[VOC_DIGEST];
    VocStatement *s = voc_store_do(store, VOC_DO_IS_ERASED, error);
    if (!s)
        return -1;
    voc_row_digest(row->id, digest);
    voc_statement_bind_blob(s, 1, voc_slice_of((const char *)digest, VOC_DIGEST));
    int got = voc_statement_step(s, error);
    voc_statement_reset(s);
    return got;
}

static gboolean
add_record(VocStore *store, VocRecord *record, gboolean any_erased, VocStoreCounts *counts, GError **error)
{
    VocRow row;
    voc_row_make(&row, record);
    int erased = any_erased ? is_erased(store, &row, error) : 0;
    if (erased) {
        counts->erased += erased > 0;
        return erased > 0;
    }
    VocStatement *s = voc_store_do(store, VOC_DO_INSERT, error);
    if (!s)
        return FALSE;
    bind_row(s, &row);
    if (!voc_statement_run(s, error))
        return FALSE;
    if (voc_sql_changes(store->sql) == 0)
        return add_again(store, &row, record, counts, error);
    counts->added++;
    return add_parts(store, voc_sql_last_key(store->sql), &row, record, error);
}

gboolean
voc_store_add(VocStore *store, VocRecord *records, guint n, VocStoreCounts *counts, GError **error)
{
    VocStoreCounts now = *counts;
    if (!store->begun && !voc_sql_exec(store->sql, "BEGIN IMMEDIATE", error))
        return FALSE;
    gboolean any_erased =
        voc_sql_ask_int(store->sql, "SELECT count(*) FROM (SELECT 1 FROM erased LIMIT 1)", 0) > 0;
    gboolean good = TRUE;
    for (guint i = 0; i < n && good; i++)
        good = records[i].dropped || add_record(store, &records[i], any_erased, &now, error);
    good = good && (store->begun || voc_sql_exec(store->sql, "COMMIT", error));
    if (good)
        *counts = now;
    else if (!store->begun)
        voc_sql_exec(store->sql, "ROLLBACK", NULL);
    return good;
}
