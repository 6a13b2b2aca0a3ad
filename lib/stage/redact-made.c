/* What other filters made of a record, and earlier redactions: mended where the text has changed. */
#include "stage/redact-work.h"

void
voc_redact_clean(VocRedactWork *work, VocRecord *record)
{
    VocSlice raw = voc_record_raw(record, VOC_KEY_CLEAN);
    if (!memmem(raw.data, raw.len, "\"original\"", 10) && !memmem(raw.data, raw.len, "\"duplicate_of\"", 14))
        return;
    VocBuffer *value = &work->value;
    VocJsonMember members[64];
    const char *reason;
    gssize n = voc_json_members(record->reader, raw, members, G_N_ELEMENTS(members), &reason);
    voc_buffer_reset(value);
    voc_buffer_add_char(value, '{');
    for (gssize i = 0; i < n; i++) {
        VocSlice id = voc_json_unquote(members[i].value, record->arena);
        if (voc_slice_equal_string(members[i].key, "original"))
            continue;
        voc_buffer_add_string(value, value->len > 1 ? ",\"" : "\"");
        voc_buffer_add_slice(value, members[i].key);
        voc_buffer_add_literal(value, "\":");
        if (voc_slice_equal_string(members[i].key, "duplicate_of") && work->plan->key &&
            voc_redact_key_kind(work, id) >= 0) {
            voc_buffer_reset(&work->text);
            voc_pseudonym_add(work->plan->key, "id", 'i', id, &work->text);
            voc_json_add_string(value, voc_buffer_slice(&work->text));
        } else {
            voc_buffer_add_slice(value, members[i].value);
        }
    }
    voc_buffer_add_char(value, '}');
    if (n >= 0)
        voc_record_set_raw(record, VOC_KEY_CLEAN, voc_arena_copy(record->arena, voc_buffer_slice(value)));
    else
        voc_record_remove(record, VOC_KEY_CLEAN);
}

/* Where a position of the old text is now; one inside of what is masked goes to the mask's end, a span's
 * start to its beginning. */
static gint64
shifted(const VocRedactWork *work, gint64 at, gboolean is_start)
{
    gint64 by = 0;
    for (guint i = 0; i < work->shifts->len; i++) {
        const VocRedactShift *shift = &g_array_index(work->shifts, VocRedactShift, i);
        if (at <= shift->old_start)
            break;
        if (at < shift->old_end)
            return is_start ? shift->start : shift->end;
        by = shift->end - shift->old_end;
    }
    return at + by;
}

/* The number at `text`, if nothing but digits stand there before the value's end; -1 else. */
static gint64
plain_number(const char *text, const char *end, const char **behind)
{
    gint64 number = 0;
    const char *at = text;
    while (at < end && at - text < 10 && g_ascii_isdigit(*at))
        number = number * 10 + (*at++ - '0');
    *behind = at;
    return at > text && at < end && strchr(",}] \t", *at) ? number : -1;
}

/* Moves the spans in a value that another filter made, which point into the text. */
static void
move_spans_of(VocRedactWork *work, VocRecord *record, VocKey key)
{
    VocSlice raw = voc_record_raw(record, key);
    const char *at = raw.data, *end = raw.data + raw.len;
    voc_buffer_reset(&work->value);
    while (at < end) {
        const char *quote = memchr(at, '"', (gsize)(end - at));
        if (!quote)
            break;
        const char *behind = raw.data + voc_redact_string_end(raw, (gsize)(quote - raw.data));
        VocSlice name = voc_slice_of(quote, (gsize)(behind - quote));
        gboolean is_start = voc_slice_equal_string(name, "\"start\"");
        voc_buffer_add(&work->value, at, (gsize)(behind - at));
        at = behind;
        if (!is_start && !voc_slice_equal_string(name, "\"end\""))
            continue;
        while (at < end && strchr(": \t", *at))
            voc_buffer_add_char(&work->value, *at++);
        gint64 position = plain_number(at, end, &behind);
        if (position < 0)
            continue;
        voc_buffer_add_int(&work->value, shifted(work, position, is_start));
        at = behind;
    }
    voc_buffer_add(&work->value, at, (gsize)(end - at));
    voc_record_set_raw(record, key, voc_arena_copy(record->arena, voc_buffer_slice(&work->value)));
}

void
voc_redact_move_spans(VocRedactWork *work, VocRecord *record)
{
    static const VocKey KEYS[] = {VOC_KEY_SCORE, VOC_KEY_CUES, VOC_KEY_THEMES};
    for (gsize i = 0; i < G_N_ELEMENTS(KEYS); i++)
        if (voc_record_has(record, KEYS[i]))
            move_spans_of(work, record, KEYS[i]);
}

static void
add_old_position(VocRedactWork *work, const VocJson *item, const char *name, gboolean shift)
{
    double at;
    if (!voc_json_number(voc_json_get(item, name), &at))
        return;
    voc_buffer_add_printf(&work->value, ",\"%s\":", name);
    voc_buffer_add_int(&work->value, shift ? shifted(work, (gint64)at, name[0] == 's') : (gint64)at);
}

/* --- notes --- */

/* What was masked before stays noted, at its new place. */
static void
add_old_notes(VocRedactWork *work, const VocRecord *record)
{
    const VocJson *old = voc_record_value(record, VOC_KEY_REDACTED);
    for (const VocJson *item = old ? old->first : NULL; item; item = item->next) {
        VocSlice kind = voc_json_get_text(item, "kind"), field = voc_json_get_text(item, "field");
        if (!kind.len)
            continue;
        voc_buffer_add_string(&work->value, work->value.len > 1 ? ",{\"kind\":" : "{\"kind\":");
        voc_json_add_string(&work->value, kind);
        if (field.len) {
            voc_buffer_add_literal(&work->value, ",\"field\":");
            voc_json_add_string(&work->value, field);
        }
        add_old_position(work, item, "start", !field.len);
        add_old_position(work, item, "end", !field.len);
        voc_buffer_add_char(&work->value, '}');
    }
}

void
voc_redact_set_notes(VocRedactWork *work, VocRecord *record)
{
    VocSlice old = voc_record_raw(record, VOC_KEY_REDACTED);
    voc_buffer_reset(&work->value);
    voc_buffer_add_char(&work->value, '[');
    if (old.len)
        add_old_notes(work, record);
    if (work->value.len > 1)
        voc_buffer_add_char(&work->value, ',');
    voc_buffer_add_slice(&work->value, voc_buffer_slice(&work->notes));
    voc_buffer_add_char(&work->value, ']');
    voc_record_set_raw(record, VOC_KEY_REDACTED,
                       voc_arena_copy(record->arena, voc_buffer_slice(&work->value)));
}
