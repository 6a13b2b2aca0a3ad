#include "stage/field.h"

#include "base/calendar.h"

/* --- finding --- */

static const VocJson *
make_text(const VocRecord *record, VocJsonType type, VocSlice text)
{
    VocJson *made = voc_arena_new(record->arena, VocJson);
    made->type = type;
    made->text = text;
    return made;
}

/* A key of the record itself; plain values without the trouble of a parse. */
static const VocJson *
find_key(const VocRecord *record, VocSlice name)
{
    for (guint i = record->n_members; i-- > 0;) {
        const VocJsonMember *member = &record->members[i];
        if (!member->key.data || !voc_slice_equal(member->key, name))
            continue;
        VocSlice raw = member->value;
        switch (raw.data[0]) {
        case '"':
            return make_text(record, VOC_JSON_STRING, voc_json_unquote(raw, record->arena));
        case '{':
        case '[':
            return voc_record_find(record, name);
        case 'n':
            return NULL;
        case 't':
        case 'f':
            return make_text(record, raw.data[0] == 't' ? VOC_JSON_TRUE : VOC_JSON_FALSE, VOC_SLICE_NONE);
        default:
            return make_text(record, VOC_JSON_NUMBER, voc_slice_strip(raw));
        }
    }
    return NULL;
}

/* year, month, week or day of the record's time. */
static const VocJson *
find_period(const VocRecord *record, VocSlice name)
{
    static const struct {
        VocSlice name;
        VocPeriodKind kind;
    } KINDS[] = {
        {VOC_SLICE("day"), VOC_PERIOD_DAY},
        {VOC_SLICE("week"), VOC_PERIOD_WEEK},
        {VOC_SLICE("month"), VOC_PERIOD_MONTH},
        {VOC_SLICE("year"), VOC_PERIOD_DAY},
    };
    for (guint i = 0; i < G_N_ELEMENTS(KINDS); i++) {
        if (!voc_slice_equal(name, KINDS[i].name))
            continue;
        gint32 day = voc_day_parse(voc_record_string(record, VOC_KEY_TIME), NULL);
        if (day == VOC_DAY_NONE)
            return NULL;
        VocPeriod period = voc_period_of(KINDS[i].kind, day);
        g_autofree char *label = voc_period_label(&period);
        VocSlice text = voc_slice_from_string(label);
        if (voc_slice_equal_string(name, "year"))
            text.len = 4;
        return make_text(record, VOC_JSON_STRING, voc_arena_copy(record->arena, text));
    }
    return NULL;
}

static const VocJson *
member_of(const VocJson *object, VocSlice name)
{
    const VocJson *found = NULL;
    for (const VocJson *child = object->first; child; child = child->next)
        if (voc_slice_equal(child->key, name))
            found = child;
    return found;
}

static VocSlice
behind(VocSlice path, const char *dot)
{
    return voc_slice_of(dot + 1, (gsize)(path.data + path.len - dot - 1));
}

static gboolean
give(const VocJson *value, VocFieldFunc func, gpointer data)
{
    return value->type != VOC_JSON_NULL && func(value, data);
}

static gboolean
walk(const VocJson *json, VocSlice path, VocFieldFunc func, gpointer data)
{
    if (json->type == VOC_JSON_ARRAY) {
        for (const VocJson *child = json->first; child; child = child->next)
            if (walk(child, path, func, data))
                return TRUE;
        return FALSE;
    }
    if (json->type != VOC_JSON_OBJECT)
        return FALSE;
    const VocJson *found = member_of(json, path);
    if (found)
        return give(found, func, data);
    const char *dot = memchr(path.data, '.', path.len);
    found = dot ? member_of(json, voc_slice_of(path.data, (gsize)(dot - path.data))) : NULL;
    return found && walk(found, behind(path, dot), func, data);
}

gboolean
voc_field_each(const VocRecord *record, VocSlice path, VocFieldFunc func, gpointer data)
{
    const VocJson *found = find_key(record, path);
    if (found)
        return give(found, func, data);
    const char *dot = path.len ? memchr(path.data, '.', path.len) : NULL;
    if (dot) {
        found = find_key(record, voc_slice_of(path.data, (gsize)(dot - path.data)));
        return found && walk(found, behind(path, dot), func, data);
    }
    found = find_period(record, path);
    return found && func(found, data);
}

gboolean
voc_field_plain(const VocJson *value, VocFieldFunc func, gpointer data)
{
    if (value->type != VOC_JSON_ARRAY && value->type != VOC_JSON_OBJECT)
        return give(value, func, data);
    for (const VocJson *child = value->first; child; child = child->next) {
        gboolean nested = child->type == VOC_JSON_ARRAY || child->type == VOC_JSON_OBJECT;
        if (nested && value->type == VOC_JSON_OBJECT)
            continue;
        if (voc_field_plain(child, func, data))
            return TRUE;
    }
    return FALSE;
}

/* --- showing --- */

VocSlice
voc_field_text(const VocJson *value)
{
    switch (value->type) {
    case VOC_JSON_TRUE:
        return VOC_SLICE("true");
    case VOC_JSON_FALSE:
        return VOC_SLICE("false");
    case VOC_JSON_NUMBER:
    case VOC_JSON_STRING:
        return value->text;
    default:
        return VOC_SLICE_NONE;
    }
}

static gboolean
take_first(const VocJson *value, gpointer data)
{
    VocSlice *first = data;
    *first = voc_field_text(value);
    return first->len > 0;
}

static gboolean
take_first_of(const VocJson *value, gpointer data)
{
    return voc_field_plain(value, take_first, data);
}

VocSlice
voc_field_first(const VocRecord *record, VocSlice path)
{
    VocSlice first = VOC_SLICE_NONE;
    return voc_field_each(record, path, take_first_of, &first) ? first : VOC_SLICE_NONE;
}

static void
add_json(VocBuffer *out, const VocJson *value)
{
    gboolean object = value->type == VOC_JSON_OBJECT;
    if (value->type == VOC_JSON_STRING) {
        voc_json_add_string(out, value->text);
    } else if (value->type == VOC_JSON_NULL) {
        voc_buffer_add_literal(out, "null");
    } else if (!object && value->type != VOC_JSON_ARRAY) {
        voc_buffer_add_slice(out, voc_field_text(value));
    } else {
        voc_buffer_add_char(out, object ? '{' : '[');
        for (const VocJson *child = value->first; child; child = child->next) {
            if (child != value->first)
                voc_buffer_add_char(out, ',');
            if (object) {
                voc_json_add_string(out, child->key);
                voc_buffer_add_char(out, ':');
            }
            add_json(out, child);
        }
        voc_buffer_add_char(out, object ? '}' : ']');
    }
}

void
voc_field_add(VocBuffer *out, const VocJson *value)
{
    if (value->type == VOC_JSON_STRING)
        voc_buffer_add_slice(out, value->text);
    else if (value->type != VOC_JSON_NULL)
        add_json(out, value);
}
