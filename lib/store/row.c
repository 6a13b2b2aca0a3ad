#include "store/row.h"

#include "base/calendar.h"

#include <math.h>

static gboolean
is_found(int key)
{
    switch (key) {
    case VOC_KEY_LANG:
    case VOC_KEY_LANG_CONFIDENCE:
    case VOC_KEY_CLEAN:
    case VOC_KEY_REDACTED:
    case VOC_KEY_TERMS:
    case VOC_KEY_SCORE:
    case VOC_KEY_CUES:
    case VOC_KEY_THEMES:
        return TRUE;
    default:
        return FALSE;
    }
}

static void
finish(GChecksum *sum, guint8 digest[VOC_DIGEST])
{
    guint8 whole[32];
    gsize size = sizeof whole;
    g_checksum_get_digest(sum, whole, &size);
    memcpy(digest, whole, VOC_DIGEST);
    g_checksum_free(sum);
}

void
voc_row_digest(VocSlice text, guint8 digest[VOC_DIGEST])
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)text.data, (gssize)text.len);
    finish(sum, digest);
}

/* Where it was read is left out: the same message from two exports is one. */
static void
digest_members(VocRow *row, const VocRecord *record)
{
    GChecksum *said = g_checksum_new(G_CHECKSUM_SHA256), *found = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < record->n_members; i++) {
        const VocJsonMember *member = &record->members[i];
        int key = member->key.data ? voc_key_find(member->key) : VOC_KEY_SOURCE;
        if (key == VOC_KEY_SOURCE)
            continue;
        GChecksum *sum = is_found(key) ? found : said;
        g_checksum_update(sum, (const guchar *)member->key.data, (gssize)member->key.len);
        g_checksum_update(sum, (const guchar *)"", 1);
        g_checksum_update(sum, (const guchar *)member->value.data, (gssize)member->value.len);
        g_checksum_update(sum, (const guchar *)"", 1);
    }
    finish(said, row->said);
    finish(found, row->found);
}

static double
number_at(const VocJson *object, const char *key)
{
    double number;
    return voc_json_number(voc_json_get(object, key), &number) ? number : NAN;
}

static gboolean
is_set(const VocJson *value)
{
    return value && value->type != VOC_JSON_NULL && value->type != VOC_JSON_FALSE;
}

static void
set_score(VocRow *row, VocRecord *record)
{
    const VocJson *score = voc_record_value(record, VOC_KEY_SCORE), *p = voc_json_get(score, "p");
    row->sentiment = number_at(score, "value");
    row->label = voc_json_get_text(score, "label");
    row->negative = row->positive = NAN;
    if (p && p->type == VOC_JSON_ARRAY && p->n == 3) {
        voc_json_number(p->first, &row->negative);
        voc_json_number(p->first->next->next, &row->positive);
    }
}

static void
set_time(VocRow *row)
{
    gint32 day = voc_day_parse(row->time, NULL);
    row->day[0] = row->week[0] = '\0';
    if (day == VOC_DAY_NONE)
        return;
    VocPeriod date = voc_period_of(VOC_PERIOD_DAY, day), week = voc_period_of(VOC_PERIOD_WEEK, day);
    g_autofree char *day_label = voc_period_label(&date), *week_label = voc_period_label(&week);
    g_strlcpy(row->day, day_label, sizeof row->day);
    g_strlcpy(row->week, week_label, sizeof row->week);
}

/* Terms parted by blanks. */
static VocSlice
terms_of(VocRecord *record)
{
    const VocJson *terms = voc_record_value(record, VOC_KEY_TERMS);
    gsize size = 1, len = 0;
    if (!terms || terms->type != VOC_JSON_ARRAY)
        return VOC_SLICE("");
    for (const VocJson *term = terms->first; term; term = term->next)
        size += term->text.len + 1;
    char *text = voc_arena_alloc(record->arena, size);
    for (const VocJson *term = terms->first; term; term = term->next) {
        if (!term->text.len)
            continue;
        memcpy(text + len, term->text.data, term->text.len);
        len += term->text.len;
        text[len++] = ' ';
    }
    return voc_slice_of(text, len);
}

static VocSlice
text_of(const VocRecord *record)
{
    VocSlice subject = voc_record_string(record, VOC_KEY_SUBJECT);
    VocSlice text = voc_record_string(record, VOC_KEY_TEXT);
    if (!subject.len)
        return text.data ? text : VOC_SLICE("");
    return voc_arena_concat(record->arena, voc_arena_concat(record->arena, subject, VOC_SLICE("\n")), text);
}

/* An id for a record that has none: of all it says, where it was read included. */
static VocSlice
made_id(const VocRecord *record, VocSlice json)
{
    guint8 digest[VOC_DIGEST];
    char *id = voc_arena_alloc(record->arena, 2 * VOC_DIGEST + 1);
    voc_row_digest(json, digest);
    for (int i = 0; i < VOC_DIGEST; i++)
        g_snprintf(id + 2 * i, 3, "%02x", digest[i]);
    return voc_slice_of(id, 2 * VOC_DIGEST - 8);
}

void
voc_row_make(VocRow *row, VocRecord *record)
{
    g_auto(VocBuffer) line = VOC_BUFFER_INIT;
    const VocJson *lang = voc_record_value(record, VOC_KEY_LANG),
                  *clean = voc_record_value(record, VOC_KEY_CLEAN);
    double turn = NAN;
    voc_record_write(record, &line);
    row->json = voc_arena_copy(record->arena, voc_slice_of(line.data, line.len - 1));
    row->id = voc_record_string(record, VOC_KEY_ID);
    if (!row->id.len)
        row->id = made_id(record, row->json);
    row->time = voc_record_string(record, VOC_KEY_TIME);
    row->channel = voc_record_string(record, VOC_KEY_CHANNEL);
    row->role = voc_record_string(record, VOC_KEY_ROLE);
    row->author = voc_record_string(record, VOC_KEY_AUTHOR);
    row->customer = voc_record_string(record, VOC_KEY_CUSTOMER);
    row->thread = voc_record_string(record, VOC_KEY_THREAD);
    row->touchpoint = voc_record_string(record, VOC_KEY_TOUCHPOINT);
    row->unit = voc_record_string(record, VOC_KEY_UNIT);
    row->source = voc_record_string(record, VOC_KEY_SOURCE);
    row->lang = lang && lang->type == VOC_JSON_OBJECT ? voc_json_get_text(lang, "code")
                                                      : voc_record_string(record, VOC_KEY_LANG);
    voc_json_number(voc_record_value(record, VOC_KEY_TURN), &turn);
    row->turn = turn >= 0 && turn < G_MAXINT32 ? (gint64)turn : -1;
    row->duplicate = is_set(voc_json_get(clean, "duplicate")) || is_set(voc_json_get(clean, "duplicate_of"));
    row->automatic = is_set(voc_json_get(clean, "automatic"));
    row->text = text_of(record);
    row->terms = terms_of(record);
    set_time(row);
    set_score(row, record);
    digest_members(row, record);
}

static void
add_value(VocBuffer *json, const char *key, VocSlice raw)
{
    if (json->data[json->len - 1] != '{')
        voc_buffer_add_char(json, ',');
    voc_buffer_add_printf(json, "\"%s\":", key);
    voc_buffer_add_slice(json, raw);
}

static void
add_kept(VocBuffer *json, const VocRecord *record, VocKey key)
{
    g_autofree char *name = voc_slice_dup(voc_key_name(key));
    if (voc_record_has(record, key))
        add_value(json, name, voc_record_raw(record, key));
}

static void
add_string(VocBuffer *json, const char *key, const char *value)
{
    g_auto(VocBuffer) quoted = VOC_BUFFER_INIT;
    if (!value)
        return;
    voc_json_add_string(&quoted, voc_slice_from_string(value));
    add_value(json, key, voc_buffer_slice(&quoted));
}

/* The score without the words that made it. */
static void
add_score(VocBuffer *json, VocRecord *record)
{
    const VocJson *score = voc_record_value(record, VOC_KEY_SCORE);
    VocRow row = {0};
    if (!score)
        return;
    set_score(&row, record);
    g_auto(VocBuffer) value = VOC_BUFFER_INIT;
    voc_buffer_add_literal(&value, "{\"value\":");
    voc_buffer_add_number(&value, row.sentiment, 6);
    voc_buffer_add_literal(&value, ",\"label\":");
    voc_json_add_string(&value, row.label);
    if (!isnan(row.negative)) {
        double rest = 1 - row.negative - row.positive;
        const double p[] = {row.negative, MAX(0, rest), row.positive};
        voc_buffer_add_literal(&value, ",\"p\":");
        for (int i = 0; i < 3; i++) {
            voc_buffer_add_char(&value, i ? ',' : '[');
            voc_buffer_add_number(&value, p[i], 6);
        }
        voc_buffer_add_char(&value, ']');
    }
    voc_buffer_add_char(&value, '}');
    add_value(json, "score", voc_buffer_slice(&value));
}

void
voc_row_empty(VocRecord *record, const char *id, const char *customer, const char *thread, VocBuffer *json)
{
    static const VocKey KEPT[] = {VOC_KEY_CHANNEL,    VOC_KEY_TIME,  VOC_KEY_ROLE,   VOC_KEY_TURN,
                                  VOC_KEY_TOUCHPOINT, VOC_KEY_UNIT,  VOC_KEY_RATING, VOC_KEY_LANG,
                                  VOC_KEY_CUES,       VOC_KEY_THEMES};
    const VocJson *clean = voc_record_value(record, VOC_KEY_CLEAN);
    voc_buffer_add_char(json, '{');
    add_string(json, "id", id);
    for (gsize i = 0; i < G_N_ELEMENTS(KEPT); i++)
        add_kept(json, record, KEPT[i]);
    add_string(json, "customer", customer);
    add_string(json, "thread", thread);
    add_score(json, record);
    if (is_set(voc_json_get(clean, "duplicate")) || is_set(voc_json_get(clean, "duplicate_of")))
        add_value(json, "clean", VOC_SLICE("{\"duplicate\":true}"));
    else if (is_set(voc_json_get(clean, "automatic")))
        add_value(json, "clean", VOC_SLICE("{\"automatic\":true}"));
    voc_buffer_add_char(json, '}');
}
