#include "stage/tally.h"

#include "base/calendar.h"
#include "base/error.h"
#include "stage/tally-cell.h"

#include <math.h>

/* Parts the values in a cell's key; a value that is missing is the empty part. */
#define PART '\x1f'

typedef enum { BY_DAY, BY_WEEK, BY_MONTH, BY_THEME, BY_CUE, BY_TAG, BY_FIELD } Kind;

typedef struct Field {
    char *name;
    Kind kind;
} Field;

struct VocTally {
    Field by[VOC_TALLY_BY];
    guint n_by;
    gboolean all;
    GTree *cells; /* key -> VocTallyCell */
    GString *key;
};

static int
by_key(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    return strcmp(a, b);
}

static void
free_cell(gpointer cell)
{
    voc_tally_cell_free(cell);
}

static Kind
kind_of(const char *name)
{
    static const char *const NAMES[] = {"day", "week", "month", "theme", "cue", "tag"};
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (strcmp(NAMES[i], name) == 0)
            return (Kind)i;
    return BY_FIELD;
}

VocTally *
voc_tally_new(const char *by, gboolean all, GError **error)
{
    g_autoptr(VocTally) tally = g_new0(VocTally, 1);
    g_auto(GStrv) names = g_strsplit(by, ",", -1);
    tally->all = all;
    tally->cells = g_tree_new_full(by_key, NULL, g_free, free_cell);
    tally->key = g_string_new(NULL);
    for (char **name = names; *name; name++) {
        const char *trimmed = g_strstrip(*name);
        if (!*trimmed || tally->n_by == VOC_TALLY_BY || !g_utf8_validate(trimmed, -1, NULL)) {
            g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "'%s' does not name 1 to %d fields", by,
                        VOC_TALLY_BY);
            return NULL;
        }
        tally->by[tally->n_by++] = (Field){g_strdup(trimmed), kind_of(trimmed)};
    }
    if (tally->n_by)
        return g_steal_pointer(&tally);
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "'%s' does not name 1 to %d fields", by, VOC_TALLY_BY);
    return NULL;
}

void
voc_tally_free(VocTally *tally)
{
    if (!tally)
        return;
    for (guint i = 0; i < tally->n_by; i++)
        g_free(tally->by[i].name);
    g_tree_unref(tally->cells);
    g_string_free(tally->key, TRUE);
    g_free(tally);
}

static gboolean
is_set(const VocJson *value)
{
    return value && value->type != VOC_JSON_NULL && value->type != VOC_JSON_FALSE;
}

static gboolean
counts(const VocTally *tally, VocRecord *record)
{
    VocSlice role = voc_record_string(record, VOC_KEY_ROLE);
    const VocJson *clean = voc_record_value(record, VOC_KEY_CLEAN);
    return tally->all ||
           ((!role.len || voc_slice_equal_string(role, "customer")) &&
            !is_set(voc_json_get(clean, "duplicate")) && !is_set(voc_json_get(clean, "duplicate_of")) &&
            !is_set(voc_json_get(clean, "automatic")));
}

/* One message on its way into its cells. */
typedef struct Message {
    VocTally *tally;
    VocRecord *record;
    double sentiment;
    VocSlice label;
} Message;

static double
number_at(const VocJson *object, const char *key)
{
    double number;
    return voc_json_number(voc_json_get(object, key), &number) ? number : NAN;
}

static void
count_cues(VocTallyCell *cell, VocRecord *record)
{
    const VocJson *cues = voc_record_value(record, VOC_KEY_CUES);
    for (const VocJson *cue = cues && cues->type == VOC_JSON_ARRAY ? cues->first : NULL; cue;
         cue = cue->next) {
        VocSlice name = voc_json_get_text(cue, "cue");
        gboolean again = FALSE;
        for (const VocJson *other = cues->first; other != cue && !again; other = other->next)
            again = voc_slice_equal(voc_json_get_text(other, "cue"), name);
        if (name.len && !again)
            voc_tally_cell_add_cue(cell, name, 1);
    }
}

static VocTallyCell *
cell_at(VocTally *tally)
{
    VocTallyCell *cell = g_tree_lookup(tally->cells, tally->key->str);
    if (!cell) {
        cell = voc_tally_cell_new();
        g_tree_insert(tally->cells, g_strdup(tally->key->str), cell);
    }
    return cell;
}

static void
count(const Message *message)
{
    VocRecord *record = message->record;
    VocTallyCell *cell = cell_at(message->tally);
    VocSlice thread = voc_record_string(record, VOC_KEY_THREAD), id = voc_record_string(record, VOC_KEY_ID);
    const VocJson *rating = voc_record_value(record, VOC_KEY_RATING);
    cell->messages++;
    /* A message without a thread is a contact of its own, known by its id or else by all it says. */
    voc_distinct_add(&cell->contacts, thread.len ? thread : id.len ? id : record->line);
    voc_distinct_add(&cell->customers, voc_record_string(record, VOC_KEY_CUSTOMER));
    cell->negative += voc_slice_equal_string(message->label, "negative");
    cell->neutral += voc_slice_equal_string(message->label, "neutral");
    cell->positive += voc_slice_equal_string(message->label, "positive");
    if (!isnan(message->sentiment))
        voc_tally_cell_add_sentiment(cell, message->sentiment);
    for (const VocJson *at = rating ? rating->first : NULL; at; at = at->next) {
        double value;
        if (at->key.len && voc_json_number(at, &value))
            voc_tally_cell_add_rating(cell, at->key, value);
    }
    count_cues(cell, record);
}

static void descend(const Message *message, guint at);

/* Adds a value and goes on with the next field. */
static void
with_value(const Message *message, guint at, VocSlice value)
{
    GString *key = message->tally->key;
    gsize len = key->len;
    if (at)
        g_string_append_c(key, PART);
    for (gsize i = 0; i < value.len; i++)
        if ((guchar)value.data[i] >= 0x20)
            g_string_append_c(key, value.data[i]);
    descend(message, at + 1);
    g_string_truncate(key, len);
}

static void
with_date(const Message *message, guint at, VocPeriodKind kind)
{
    gint32 day = voc_day_parse(voc_record_string(message->record, VOC_KEY_TIME), NULL);
    if (day == VOC_DAY_NONE) {
        with_value(message, at, VOC_SLICE_NONE);
        return;
    }
    VocPeriod period = voc_period_of(kind, day);
    g_autofree char *label = voc_period_label(&period);
    with_value(message, at, voc_slice_from_string(label));
}

/* Once for each different value of the list's objects (or strings, without a key); a theme brings its
 * segment's sentiment with it. */
static void
with_list(const Message *message, guint at, const VocJson *list, const char *key)
{
    gboolean any = FALSE;
    for (const VocJson *item = list && list->type == VOC_JSON_ARRAY ? list->first : NULL; item;
         item = item->next) {
        VocSlice value = key ? voc_json_get_text(item, key) : item->text;
        gboolean again = !value.len;
        for (const VocJson *other = list->first; other != item && !again; other = other->next)
            again = voc_slice_equal(key ? voc_json_get_text(other, key) : other->text, value);
        if (again)
            continue;
        any = TRUE;
        Message here = *message;
        double segment = key && strcmp(key, "id") == 0 ? number_at(item, "score") : NAN;
        if (!isnan(segment)) {
            here.sentiment = segment;
            here.label = segment <= -0.05  ? VOC_SLICE("negative")
                         : segment >= 0.05 ? VOC_SLICE("positive")
                                           : VOC_SLICE("neutral");
        }
        with_value(&here, at, value);
    }
    if (!any)
        with_value(message, at, VOC_SLICE_NONE);
}

static void
descend(const Message *message, guint at)
{
    const VocTally *tally = message->tally;
    if (at == tally->n_by) {
        count(message);
        return;
    }
    const Field *field = &tally->by[at];
    const VocJson *value;
    switch (field->kind) {
    case BY_THEME:
        with_list(message, at, voc_record_value(message->record, VOC_KEY_THEMES), "id");
        break;
    case BY_CUE:
        with_list(message, at, voc_record_value(message->record, VOC_KEY_CUES), "cue");
        break;
    case BY_TAG:
        with_list(message, at, voc_record_value(message->record, VOC_KEY_TAGS), NULL);
        break;
    case BY_FIELD:
        value = voc_record_find(message->record, voc_slice_from_string(field->name));
        with_value(message, at, value ? value->text : VOC_SLICE_NONE);
        break;
    default:
        with_date(message, at, (VocPeriodKind)(field->kind - BY_DAY));
    }
}

void
voc_tally_add(VocTally *tally, VocRecord *record)
{
    const VocJson *score = voc_record_value(record, VOC_KEY_SCORE);
    if (!counts(tally, record))
        return;
    Message message = {tally, record, number_at(score, "value"), voc_json_get_text(score, "label")};
    g_string_truncate(tally->key, 0);
    descend(&message, 0);
}

static const VocJson *
member(void *record, const char *key)
{
    return voc_record_find(record, voc_slice_from_string(key));
}

const char *
voc_tally_by(VocRecord *record)
{
    const VocJson *by = member(record, "by");
    VocSlice list = VOC_SLICE_NONE;
    if (!by || by->type != VOC_JSON_OBJECT || !by->first)
        return NULL;
    for (const VocJson *field = by->first; field; field = field->next) {
        list = list.len ? voc_arena_concat(record->arena, list, VOC_SLICE(",")) : list;
        list = voc_arena_concat(record->arena, list, field->key);
    }
    return voc_arena_string(record->arena, list);
}

/* The key of the partial's cell, if it is by the tally's fields. */
static gboolean
read_key(VocTally *tally, VocRecord *record)
{
    const VocJson *by = member(record, "by");
    const VocJson *at = by && by->type == VOC_JSON_OBJECT ? by->first : NULL;
    g_string_truncate(tally->key, 0);
    for (guint i = 0; i < tally->n_by; i++, at = at->next) {
        if (!at || !voc_slice_equal_string(at->key, tally->by[i].name))
            return FALSE;
        if (i)
            g_string_append_c(tally->key, PART);
        if (at->type == VOC_JSON_STRING)
            for (gsize k = 0; k < at->text.len; k++)
                if ((guchar)at->text.data[k] >= 0x20)
                    g_string_append_c(tally->key, at->text.data[k]);
    }
    return !at;
}

gboolean
voc_tally_merge(VocTally *tally, VocRecord *record, gboolean look_only, const char **reason)
{
    if (!member(record, "tally") || !member(record, "contact_set")) {
        *reason = "no partial result of voc tally --partial";
        return FALSE;
    }
    if (!read_key(tally, record)) {
        *reason = "a partial result by other fields";
        return FALSE;
    }
    VocTallyCell *probe = voc_tally_cell_new();
    gboolean good = voc_tally_cell_read(probe, member, record);
    voc_tally_cell_free(probe);
    if (!good)
        *reason = "a broken partial result";
    return good && (look_only || voc_tally_cell_read(cell_at(tally), member, record));
}

/* A cell on its way out. */
typedef struct Row {
    const char *key;
    const VocTallyCell *cell;
    gint64 people;
    gboolean hidden;
} Row;

static gboolean
add_row(gpointer key, gpointer data, gpointer rows)
{
    const VocTallyCell *cell = data;
    gint64 customers = voc_distinct_count(&cell->customers);
    Row row = {key, cell, customers ? customers : voc_distinct_count(&cell->contacts), FALSE};
    g_array_append_val(rows, row);
    return FALSE;
}

/* The key without its part number `at`. */
static char *
key_without(const char *key, guint at)
{
    g_auto(GStrv) parts = g_strsplit(key, (const char[]){PART, '\0'}, -1);
    if (at < g_strv_length(parts))
        *parts[at] = '\0';
    return g_strjoinv((const char[]){PART, '\0'}, parts);
}

/* The rows that a total over the field would add up. */
static GHashTable *
lines_over(GArray *rows, guint field)
{
    GHashTable *lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    for (guint i = 0; i < rows->len; i++) {
        char *key = key_without(g_array_index(rows, Row, i).key, field);
        GArray *line = g_hash_table_lookup(lines, key);
        if (!line) {
            line = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(lines, g_strdup(key), line);
        }
        g_array_append_val(line, i);
        g_free(key);
    }
    return lines;
}

/* A line's only hidden cell could be told from its total: the smallest other one is hidden too. */
static gboolean
hide_another(GArray *rows, const GArray *line)
{
    Row *smallest = NULL;
    guint n_hidden = 0;
    for (guint i = 0; i < line->len; i++) {
        Row *row = &g_array_index(rows, Row, g_array_index(line, guint, i));
        n_hidden += row->hidden;
        if (!row->hidden && (!smallest || row->people < smallest->people))
            smallest = row;
    }
    if (n_hidden != 1 || !smallest)
        return FALSE;
    smallest->hidden = TRUE;
    return TRUE;
}

static void
hide(GArray *rows, guint n_by, gint64 least)
{
    GHashTable *lines[VOC_TALLY_BY];
    gboolean more = TRUE;
    for (guint i = 0; i < rows->len; i++)
        g_array_index(rows, Row, i).hidden = g_array_index(rows, Row, i).people < least;
    for (guint field = 0; field < n_by; field++)
        lines[field] = lines_over(rows, field);
    while (more) {
        more = FALSE;
        for (guint field = 0; field < n_by; field++) {
            GHashTableIter iter;
            gpointer line;
            g_hash_table_iter_init(&iter, lines[field]);
            while (g_hash_table_iter_next(&iter, NULL, &line))
                more |= hide_another(rows, line);
        }
    }
    for (guint field = 0; field < n_by; field++)
        g_hash_table_unref(lines[field]);
}

static void
write_row(const VocTally *tally, const Row *row, const VocTallyOutput *output, VocBuffer *out)
{
    voc_buffer_add_literal(out, "{\"tally\":1,\"by\":{");
    const char *at = row->key;
    for (guint i = 0; i < tally->n_by; i++) {
        const char *end = strchr(at, PART);
        VocSlice value = end ? voc_slice_of(at, (gsize)(end - at)) : voc_slice_from_string(at);
        if (i)
            voc_buffer_add_char(out, ',');
        voc_json_add_string(out, voc_slice_from_string(tally->by[i].name));
        voc_buffer_add_char(out, ':');
        if (value.len)
            voc_json_add_string(out, value);
        else
            voc_buffer_add_literal(out, "null");
        at = end ? end + 1 : at + strlen(at);
    }
    voc_buffer_add_char(out, '}');
    if (output->anonymous)
        voc_buffer_add_printf(out, ",\"k_anonymous\":%" G_GINT64_FORMAT, output->anonymous);
    voc_tally_cell_write(row->cell, output->partial, output->anonymous, out);
    voc_buffer_add_literal(out, "}\n");
}

void
voc_tally_write(const VocTally *tally, VocTallyOutput *output, VocBuffer *out)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(Row));
    g_tree_foreach(tally->cells, add_row, rows);
    if (output->anonymous)
        hide(rows, tally->n_by, output->anonymous);
    output->hidden = 0;
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = &g_array_index(rows, Row, i);
        output->hidden += row->hidden;
        if (!row->hidden)
            write_row(tally, row, output, out);
    }
}
