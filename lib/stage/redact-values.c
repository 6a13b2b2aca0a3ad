#include "stage/redact-work.h"

#include "text/features.h"
#include "text/token.h"

gsize
voc_redact_string_end(VocSlice raw, gsize at)
{
    for (at++; at < raw.len && raw.data[at] != '"'; at++)
        at += raw.data[at] == '\\';
    return MIN(at + 1, raw.len);
}

gboolean
voc_redact_is_key(VocSlice raw, gsize behind)
{
    while (behind < raw.len && g_ascii_isspace(raw.data[behind]))
        behind++;
    return behind < raw.len && raw.data[behind] == ':';
}

/* --- notes --- */

/* Notes what was masked; a negative `start`: the whole value, which is gone. */
void
voc_redact_note(VocRedactWork *work, guint kind, gint64 start, gint64 end)
{
    VocBuffer *notes = &work->notes;
    if (notes->len)
        voc_buffer_add_char(notes, ',');
    voc_buffer_add_literal(notes, "{\"kind\":\"");
    voc_buffer_add_string(notes, voc_redact_kind(work->plan->rules, kind));
    voc_buffer_add_char(notes, '"');
    if (work->field.len) {
        voc_buffer_add_literal(notes, ",\"field\":");
        voc_json_add_string(notes, voc_buffer_slice(&work->field));
    }
    if (start >= 0) {
        voc_buffer_add_literal(notes, ",\"start\":");
        voc_buffer_add_int(notes, start);
        voc_buffer_add_literal(notes, ",\"end\":");
        voc_buffer_add_int(notes, end);
    }
    voc_buffer_add_char(notes, '}');
}

void
voc_redact_set_field(VocRedactWork *work, VocSlice key)
{
    voc_buffer_reset(&work->field);
    voc_buffer_add_slice(&work->field, key);
}

/* --- texts --- */

/* The mask of what stands at `personal`, with the name's letters where there is a key. */
void
voc_redact_add_mask(VocRedactWork *work, guint kind, VocSlice personal)
{
    const VocRedactPlan *plan = work->plan;
    const char *mask = voc_redact_mask(plan->rules, kind);
    if (!plan->key || kind != plan->name_kind) {
        voc_buffer_add_string(&work->text, mask);
        return;
    }
    voc_buffer_add(&work->text, mask, strlen(mask) - 1);
    voc_buffer_add_char(&work->text, '-');
    voc_pseudonym_add_letters(plan->key, personal, &work->text);
    voc_buffer_add_char(&work->text, ']');
}

static void
add_shift(VocRedactWork *work, gint64 old_start, gint64 old_end, gint64 start, gint64 end)
{
    VocRedactShift shift = {old_start, old_end, start, end};
    if (!work->field.len)
        g_array_append_val(work->shifts, shift);
}

gboolean
voc_redact_text(VocRedactWork *work, VocSlice text, gboolean prose)
{
    VocRedactHints hints = {prose, work->mail && !work->field.len, work->author, work->names, work->n_names};
    guint n;
    gboolean gave_up = FALSE;
    const VocPersonal *found = voc_redactor_find(work->redactor, text, &hints, &n, &gave_up);
    gsize at = 0;
    gint64 points = 0, old_points = 0;
    work->gave_up |= gave_up;
    if (!n)
        return FALSE;
    voc_buffer_reset(&work->text);
    for (guint i = 0; i < n; i++) {
        VocSlice before = voc_slice_of(text.data + at, found[i].start - at);
        VocSlice personal = voc_slice_of(text.data + found[i].start, found[i].end - found[i].start);
        voc_buffer_add_slice(&work->text, before);
        gsize mask_at = work->text.len;
        voc_redact_add_mask(work, found[i].kind, found[i].name.len ? found[i].name : personal);
        gint64 old_start = old_points + voc_text_length(before), start = points + voc_text_length(before);
        old_points = old_start + voc_text_length(personal);
        points = start + (gint64)(work->text.len - mask_at); /* masks are ASCII */
        voc_redact_note(work, found[i].kind, start, points);
        add_shift(work, old_start, old_points, start, points);
        at = found[i].end;
    }
    voc_buffer_add(&work->text, text.data + at, text.len - at);
    return TRUE;
}

/* "[HETU]" and its like: masked already. */
static gboolean
is_mask(VocSlice value)
{
    for (gsize i = 1; i + 1 < value.len; i++)
        if (!g_ascii_isupper(value.data[i]) && value.data[i] != '-')
            return FALSE;
    return value.len > 2 && value.data[0] == '[' && value.data[value.len - 1] == ']';
}

gboolean
voc_redact_is_done(VocSlice value)
{
    return !value.len || is_mask(value) || voc_pseudonym_is(value);
}

/* --- values of any shape --- */

#define DEPTH 64u       /* containers in one another that are told apart; deeper ones count as their parent */
#define CARD_DIGITS 13u /* of a number that may be a card's */

/* A value at work. */
typedef struct Walk {
    VocRedactWork *work;
    VocArena *arena;
    gboolean columns; /* keys tell what they hold */
    gboolean changed;
    int kind; /* of all that stands here, or -1 */
    guint depth;
    int kinds[DEPTH];    /* by depth */
    gsize fields[DEPTH]; /* the path's length */
} Walk;

static gboolean
has_space(VocSlice text)
{
    return memchr(text.data, ' ', text.len) != NULL;
}

/* Adds a string or a number, masked or as it was `written`. */
static void
add_scalar(Walk *walk, VocSlice written)
{
    VocRedactWork *work = walk->work;
    gboolean number = written.data[0] != '"';
    VocSlice text = number ? written : voc_json_unquote(written, walk->arena);
    gboolean masked = FALSE;
    if (walk->kind >= 0 && !voc_redact_is_done(text)) {
        voc_buffer_reset(&work->text);
        voc_redact_add_mask(work, (guint)walk->kind, text);
        voc_redact_note(work, (guint)walk->kind, 0, (gint64)work->text.len);
        masked = TRUE;
    } else if (!voc_redact_is_done(text) && (!number || text.len >= CARD_DIGITS)) {
        masked = voc_redact_text(work, text, has_space(text));
    }
    walk->changed |= masked;
    if (masked)
        voc_json_add_string(&work->value, voc_buffer_slice(&work->text));
    else
        voc_buffer_add_slice(&work->value, written);
}

static void
add_key(Walk *walk, VocSlice written)
{
    VocRedactWork *work = walk->work;
    guint at = MIN(walk->depth, DEPTH - 1);
    VocSlice name = voc_json_unquote(written, walk->arena);
    int kind = walk->columns ? voc_redact_column(work->plan->rules, name) : -1;
    walk->kind = kind >= 0 ? kind : walk->kinds[at];
    work->field.len = walk->fields[at];
    voc_buffer_add_char(&work->field, '.');
    voc_buffer_add_slice(&work->field, name);
    voc_buffer_add_slice(&work->value, written);
}

static void
open_or_close(Walk *walk, char c)
{
    VocBuffer *field = &walk->work->field;
    voc_buffer_add_char(&walk->work->value, c);
    if (c == '{' || c == '[') {
        guint at = MIN(++walk->depth, DEPTH - 1);
        walk->kinds[at] = walk->kind;
        walk->fields[at] = field->len;
    } else {
        guint at = MIN(walk->depth ? --walk->depth : 0, DEPTH - 1);
        walk->kind = walk->kinds[at];
        field->len = MIN(field->len, walk->fields[at]);
    }
}

/* Masks a value into work->value; FALSE when it stays as it is. */
static gboolean
walk_value(Walk *walk, VocSlice raw)
{
    VocBuffer *value = &walk->work->value;
    voc_buffer_reset(value);
    for (gsize at = 0; at < raw.len;) {
        char c = raw.data[at];
        gsize end = at + 1;
        if (c == '"') {
            end = voc_redact_string_end(raw, at);
            VocSlice written = voc_slice_of(raw.data + at, end - at);
            if (voc_redact_is_key(raw, end))
                add_key(walk, written);
            else
                add_scalar(walk, written);
        } else if (g_ascii_isdigit(c) || c == '-') {
            while (end < raw.len && (g_ascii_isalnum(raw.data[end]) || strchr("+-.", raw.data[end])))
                end++;
            add_scalar(walk, voc_slice_of(raw.data + at, end - at));
        } else if (strchr("{}[]", c)) {
            open_or_close(walk, c);
        } else {
            voc_buffer_add_char(value, c);
        }
        at = end;
    }
    return walk->changed;
}

/* Whether anything in the JSON text could be personal. */
static gboolean
may_be_personal(VocSlice raw)
{
    return (voc_text_features(raw) & (VOC_HAS_AT | VOC_HAS_DIGIT | VOC_HAS_SLASHES | VOC_HAS_DOT)) != 0 ||
           has_space(raw);
}

void
voc_redact_member(VocRedactWork *work, VocRecord *record, guint i, gboolean columns)
{
    VocJsonMember *member = &record->members[i];
    Walk walk = {.work = work, .arena = record->arena, .columns = columns, .kind = -1};
    VocSlice name = member->key;
    if (i < record->n_read) /* it stands in the line between quotes */
        name = voc_json_unquote(voc_slice_of(name.data - 1, name.len + 2), record->arena);
    if (columns)
        walk.kind = voc_redact_column(work->plan->rules, name);
    walk.kinds[0] = walk.kind;
    if (!columns && !may_be_personal(member->value))
        return;
    voc_redact_set_field(work, name);
    walk.fields[0] = work->field.len;
    if (walk_value(&walk, member->value))
        voc_record_set_member(record, i, voc_arena_copy(record->arena, voc_buffer_slice(&work->value)));
}
