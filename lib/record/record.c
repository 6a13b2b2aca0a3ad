#include "record/record.h"

static const VocSlice NAMES[VOC_N_KEYS] = {
    [VOC_KEY_ID] = VOC_SLICE("id"),
    [VOC_KEY_SOURCE] = VOC_SLICE("source"),
    [VOC_KEY_CHANNEL] = VOC_SLICE("channel"),
    [VOC_KEY_TIME] = VOC_SLICE("time"),
    [VOC_KEY_ROLE] = VOC_SLICE("role"),
    [VOC_KEY_AUTHOR] = VOC_SLICE("author"),
    [VOC_KEY_CUSTOMER] = VOC_SLICE("customer"),
    [VOC_KEY_THREAD] = VOC_SLICE("thread"),
    [VOC_KEY_TURN] = VOC_SLICE("turn"),
    [VOC_KEY_TOUCHPOINT] = VOC_SLICE("touchpoint"),
    [VOC_KEY_UNIT] = VOC_SLICE("unit"),
    [VOC_KEY_TAGS] = VOC_SLICE("tags"),
    [VOC_KEY_FIELDS] = VOC_SLICE("fields"),
    [VOC_KEY_RATING] = VOC_SLICE("rating"),
    [VOC_KEY_SUBJECT] = VOC_SLICE("subject"),
    [VOC_KEY_TEXT] = VOC_SLICE("text"),
    [VOC_KEY_LANG] = VOC_SLICE("lang"),
    [VOC_KEY_LANG_CONFIDENCE] = VOC_SLICE("lang_confidence"),
    [VOC_KEY_CLEAN] = VOC_SLICE("clean"),
    [VOC_KEY_REDACTED] = VOC_SLICE("redacted"),
    [VOC_KEY_TERMS] = VOC_SLICE("terms"),
    [VOC_KEY_SCORE] = VOC_SLICE("score"),
    [VOC_KEY_CUES] = VOC_SLICE("cues"),
    [VOC_KEY_THEMES] = VOC_SLICE("themes"),
};

/* The kinds of value that a known key may have, as their first bytes; null always means absent. */
static const char *const KINDS[VOC_N_KEYS] = {
    [VOC_KEY_ID] = "\"",
    [VOC_KEY_SOURCE] = "\"",
    [VOC_KEY_CHANNEL] = "\"",
    [VOC_KEY_TIME] = "\"",
    [VOC_KEY_ROLE] = "\"",
    [VOC_KEY_AUTHOR] = "\"",
    [VOC_KEY_CUSTOMER] = "\"",
    [VOC_KEY_THREAD] = "\"",
    [VOC_KEY_TURN] = "0123456789",
    [VOC_KEY_TOUCHPOINT] = "\"",
    [VOC_KEY_UNIT] = "\"",
    [VOC_KEY_TAGS] = "[",
    [VOC_KEY_FIELDS] = "{",
    [VOC_KEY_RATING] = "{",
    [VOC_KEY_SUBJECT] = "\"",
    [VOC_KEY_TEXT] = "\"",
    [VOC_KEY_LANG] = "\"{",
    [VOC_KEY_CLEAN] = "{",
    [VOC_KEY_LANG_CONFIDENCE] = "-0123456789",
    [VOC_KEY_REDACTED] = "{[",
    [VOC_KEY_TERMS] = "[",
    [VOC_KEY_SCORE] = "{",
    [VOC_KEY_CUES] = "[",
    [VOC_KEY_THEMES] = "[",
};

VocSlice
voc_key_name(VocKey key)
{
    return NAMES[key];
}

int
voc_key_find(VocSlice name)
{
    if (name.len < 2)
        return -1;
    /* Length and first byte tell nearly all of them apart. */
    for (int key = 0; key < VOC_N_KEYS; key++)
        if (NAMES[key].len == name.len && NAMES[key].data[0] == name.data[0] &&
            voc_slice_equal(NAMES[key], name))
            return key;
    return -1;
}

static gboolean
check_kind(VocRecord *record, int key, VocSlice value, const char **reason)
{
    if (strchr(KINDS[key], value.data[0]))
        return TRUE;
    VocBuffer text = VOC_BUFFER_INIT;
    voc_buffer_add_printf(&text, "\"%s\" has a value of the wrong kind", NAMES[key].data);
    *reason = voc_arena_string(record->arena, voc_buffer_slice(&text));
    voc_buffer_clear(&text);
    return FALSE;
}

gboolean
voc_record_parse(VocRecord *record, VocJsonReader *reader, VocArena *arena, VocSlice line,
                 const char **reason)
{
    VocJsonMember members[VOC_RECORD_MEMBERS];
    record->arena = arena;
    record->reader = reader;
    record->line = line;
    record->rewritten = record->dropped = FALSE;
    record->analysis = NULL;
    record->handover = NULL;
    record->followers = 0;
    memset(record->known, -1, sizeof record->known);
    gssize n = voc_json_members(reader, line, members, VOC_RECORD_MEMBERS, reason);
    if (n < 0)
        return FALSE;
    record->n_members = record->n_read = (guint)n;
    record->capacity = (guint)n + 8;
    record->members = voc_arena_alloc(arena, sizeof(VocJsonMember) * record->capacity);
    memcpy(record->members, members, sizeof(VocJsonMember) * (gsize)n);
    for (gssize i = 0; i < n; i++) {
        int key = voc_key_find(members[i].key);
        if (key < 0 || members[i].value.data[0] == 'n')
            continue;
        if (!check_kind(record, key, members[i].value, reason))
            return FALSE;
        record->known[key] = (gint16)i;
    }
    return TRUE;
}

VocSlice
voc_record_raw(const VocRecord *record, VocKey key)
{
    return record->known[key] < 0 ? VOC_SLICE_NONE : record->members[record->known[key]].value;
}

VocSlice
voc_record_string(const VocRecord *record, VocKey key)
{
    return voc_json_unquote(voc_record_raw(record, key), record->arena);
}

static const VocJson *
parse_value(const VocRecord *record, VocSlice raw)
{
    /* A lone scalar at the end of the line would run into simdjson's root rules; a copy has room behind it.
     */
    char *copy = voc_arena_alloc(record->arena, raw.len + 64);
    memcpy(copy, raw.data, raw.len);
    memset(copy + raw.len, 0, 64);
    return voc_json_parse(record->reader, voc_slice_of(copy, raw.len), record->arena, NULL);
}

const VocJson *
voc_record_value(const VocRecord *record, VocKey key)
{
    return record->known[key] < 0 ? NULL : parse_value(record, voc_record_raw(record, key));
}

static const VocJson *
find_in(const VocJson *json, VocSlice path)
{
    while (json) {
        g_autofree char *whole = voc_slice_dup(path);
        const VocJson *direct = voc_json_get(json, whole);
        if (direct)
            return direct;
        const char *dot = memchr(path.data, '.', path.len);
        if (!dot)
            return NULL;
        gsize head = (gsize)(dot - path.data);
        whole[head] = '\0';
        json = voc_json_get(json, whole);
        path = voc_slice_of(dot + 1, path.len - head - 1);
    }
    return NULL;
}

static int
find_member(const VocRecord *record, VocSlice name)
{
    for (guint i = record->n_members; i-- > 0;)
        if (record->members[i].key.data && voc_slice_equal(record->members[i].key, name))
            return (int)i;
    return -1;
}

const VocJson *
voc_record_find(const VocRecord *record, VocSlice path)
{
    int at = find_member(record, path);
    if (at >= 0)
        return parse_value(record, record->members[at].value);
    const char *dot = path.len ? memchr(path.data, '.', path.len) : NULL;
    if (!dot)
        return NULL;
    gsize head = (gsize)(dot - path.data);
    at = find_member(record, voc_slice_of(path.data, head));
    if (at < 0)
        return NULL;
    return find_in(parse_value(record, record->members[at].value),
                   voc_slice_of(dot + 1, path.len - head - 1));
}

void
voc_record_set_raw(VocRecord *record, VocKey key, VocSlice raw)
{
    if (record->known[key] >= 0) {
        VocJsonMember *member = &record->members[record->known[key]];
        record->rewritten |= (guint)record->known[key] < record->n_read;
        member->value = raw;
        return;
    }
    if (record->n_members == record->capacity) {
        VocJsonMember *old = record->members;
        record->capacity *= 2;
        record->members = voc_arena_alloc(record->arena, sizeof(VocJsonMember) * record->capacity);
        memcpy(record->members, old, sizeof(VocJsonMember) * record->n_members);
    }
    record->known[key] = (gint16)record->n_members;
    record->members[record->n_members++] = (VocJsonMember){NAMES[key], raw};
}

void
voc_record_set_string(VocRecord *record, VocKey key, VocSlice text)
{
    VocBuffer quoted = VOC_BUFFER_INIT;
    voc_json_add_string(&quoted, text);
    memset(voc_buffer_reserve(&quoted, 64), 0, 64);
    VocSlice kept = voc_arena_copy(record->arena, voc_slice_of(quoted.data, quoted.len + 64));
    voc_record_set_raw(record, key, voc_slice_of(kept.data, quoted.len));
    voc_buffer_clear(&quoted);
}

void
voc_record_set_member(VocRecord *record, guint member, VocSlice raw)
{
    record->members[member].value = raw;
    record->rewritten |= member < record->n_read;
}

void
voc_record_remove(VocRecord *record, VocKey key)
{
    if (record->known[key] < 0)
        return;
    record->rewritten |= (guint)record->known[key] < record->n_read;
    record->members[record->known[key]].key = VOC_SLICE_NONE;
    record->known[key] = -1;
}

/* The members from `from` on; `first` tells whether any stand before them. */
static void
write_members(const VocRecord *record, guint from, gboolean first, VocBuffer *out)
{
    for (guint i = from; i < record->n_members; i++) {
        const VocJsonMember *member = &record->members[i];
        if (!member->key.data)
            continue;
        char *at = voc_buffer_reserve(out, member->key.len + member->value.len + 5);
        char *start = at;
        if (!first)
            *at++ = ',';
        first = FALSE;
        *at++ = '"';
        memcpy(at, member->key.data, member->key.len);
        at += member->key.len;
        *at++ = '"';
        *at++ = ':';
        memcpy(at, member->value.data, member->value.len);
        at += member->value.len;
        out->len += (gsize)(at - start);
    }
}

void
voc_record_write(const VocRecord *record, VocBuffer *out)
{
    if (record->rewritten) {
        voc_buffer_add_char(out, '{');
        write_members(record, 0, TRUE, out);
        voc_buffer_add_literal(out, "}\n");
        return;
    }
    VocSlice line = voc_slice_strip(record->line);
    if (record->n_members == record->n_read) {
        voc_buffer_add_slice(out, line);
        voc_buffer_add_char(out, '\n');
        return;
    }
    voc_buffer_add(out, line.data, line.len - 1);
    write_members(record, record->n_read, record->n_read == 0, out);
    voc_buffer_add_literal(out, "}\n");
}
