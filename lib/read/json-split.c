#include "read/json-split.h"

#include "io/input.h"

#define MAX_DEPTH 64  /* of brackets outside of elements */
#define MAX_PATHS 256 /* arrays whose path is kept */
#define MAX_KEY 128
#define MAX_OUTER ((gsize)4096)

/* A bracket outside of elements. */
typedef struct Level {
    char bracket;
    guint array; /* its number, for '[' */
    gsize path;  /* length of the path that leads to it */
} Level;

struct VocJsonSplit {
    VocJsonElementFunc func;
    gpointer data;
    Level levels[MAX_DEPTH];
    guint depth;
    guint n_arrays;
    GString *path;    /* of the innermost bracket */
    GPtrArray *paths; /* of char *, by array number less one */
    GString *key;     /* the last string outside of elements */
    gboolean key_ended;
    VocBuffer element;
    guint inside; /* brackets open inside the element; 0: in none */
    guint64 element_line;
    gboolean in_string, escaped, too_long;
    guint64 line;
    VocBuffer whole; /* the text so far while it may be one object */
    gboolean whole_kept;
    guint64 whole_line;
    guint64 n_elements;
    guint64 stray; /* line of the first text at the top that belongs to nothing */
    gboolean stopped;
    gboolean tops;     /* objects at the top are elements */
    gboolean deep;     /* what is too long is taken apart */
    gboolean entering; /* the next object is taken apart */
    VocBuffer outer;   /* what it begins with */
};

VocJsonSplit *
voc_json_split_new(VocJsonElementFunc func, gpointer data)
{
    VocJsonSplit *split = g_new0(VocJsonSplit, 1);

    split->func = func;
    split->data = data;
    split->path = g_string_new(NULL);
    split->key = g_string_new(NULL);
    split->paths = g_ptr_array_new_with_free_func(g_free);
    split->line = 1;
    split->whole_kept = TRUE;
    return split;
}

void
voc_json_split_free(VocJsonSplit *split)
{
    if (!split)
        return;
    g_string_free(split->path, TRUE);
    g_string_free(split->key, TRUE);
    g_ptr_array_unref(split->paths);
    voc_buffer_clear(&split->element);
    voc_buffer_clear(&split->whole);
    voc_buffer_clear(&split->outer);
    g_free(split);
}

void
voc_json_split_set_whole(VocJsonSplit *split)
{
    split->tops = TRUE;
    split->whole_kept = FALSE;
}

void
voc_json_split_set_deep(VocJsonSplit *split)
{
    split->deep = TRUE;
}

VocSlice
voc_json_split_outer(const VocJsonSplit *split)
{
    return voc_buffer_slice(&split->outer);
}

const char *
voc_json_split_path(const VocJsonSplit *split, guint array)
{
    return array >= 1 && array <= split->paths->len ? g_ptr_array_index(split->paths, array - 1) : "";
}

static void
tell(VocJsonSplit *split, VocBuffer *text, guint array, guint64 line)
{
    VocJsonElement element = {array, line, split->too_long, VOC_SLICE_NONE};

    memset(voc_buffer_reserve(text, VOC_PADDING), 0, VOC_PADDING);
    element.text = voc_buffer_slice(text);
    split->n_elements++;
    if (!split->func(&element, split->data))
        split->stopped = TRUE;
    voc_buffer_reset(text);
    split->too_long = FALSE;
}

static guint
innermost_array(const VocJsonSplit *split)
{
    return split->depth ? split->levels[split->depth - 1].array : 0;
}

static void
open_level(VocJsonSplit *split, char bracket)
{
    Level *level = &split->levels[split->depth++];

    level->bracket = bracket;
    level->array = 0;
    level->path = split->path->len;
    if (split->key_ended) {
        if (split->path->len)
            g_string_append_c(split->path, '.');
        g_string_append(split->path, split->key->str);
    }
    split->key_ended = FALSE;
    if (bracket == '[') {
        level->array = ++split->n_arrays;
        if (split->paths->len < MAX_PATHS)
            g_ptr_array_add(split->paths, g_strdup(split->path->str));
    }
}

guint64
voc_json_split_stray(const VocJsonSplit *split)
{
    return split->stray;
}

static void
note_stray(VocJsonSplit *split)
{
    if (!split->stray)
        split->stray = split->line;
}

/* A byte outside of elements and strings. Returns TRUE when an element begins with it. */
static gboolean
take_outside(VocJsonSplit *split, char c)
{
    switch (c) {
    case '{':
        if (split->depth + 1 >= MAX_DEPTH ||
            (!split->entering && (innermost_array(split) || (split->tops && !split->depth))))
            return TRUE;
        split->entering = FALSE;
        open_level(split, c);
        break;
    case '[':
        if (split->depth + 1 >= MAX_DEPTH)
            return TRUE;
        open_level(split, c);
        break;
    case '}':
    case ']':
        if (split->depth) {
            split->depth--;
            g_string_truncate(split->path, split->levels[split->depth].path);
        } else {
            note_stray(split);
        }
        split->key_ended = FALSE;
        break;
    case '"':
        split->in_string = TRUE;
        g_string_truncate(split->key, 0);
        break;
    case ',':
        split->key_ended = FALSE;
        break;
    default:
        if (!split->depth && !g_ascii_isspace(c))
            note_stray(split);
        break;
    }
    return FALSE;
}

/* Behind the string's end, or `end` when it does not end here. */
static const char *
skip_string(VocJsonSplit *split, const char *at, const char *end)
{
    for (; at < end; at++) {
        if (split->escaped)
            split->escaped = FALSE;
        else if (*at == '\\')
            split->escaped = TRUE;
        else if (*at == '"') {
            split->in_string = FALSE;
            return at + 1;
        }
        split->line += *at == '\n';
    }
    return end;
}

static const char *
read_key(VocJsonSplit *split, const char *at, const char *end)
{
    const char *behind = skip_string(split, at, end);
    gsize n = (gsize)(behind - at) - !split->in_string, room = MAX_KEY - MIN(MAX_KEY, split->key->len);

    g_string_append_len(split->key, at, (gssize)MIN(n, room));
    split->key_ended = !split->in_string;
    return behind;
}

static void
keep(VocJsonSplit *split, const char *at, gsize n)
{
    gsize room = VOC_JSON_ELEMENT_MAX - MIN(VOC_JSON_ELEMENT_MAX, split->element.len);

    voc_buffer_add(&split->element, at, MIN(n, room));
    split->too_long |= n > room;
}

/* The element is too long: what is kept of it is taken apart. */
static void
take_apart(VocJsonSplit *split)
{
    g_auto(VocBuffer) kept = split->element;
    const char *list = memchr(kept.data, '[', kept.len);

    voc_buffer_reset(&split->outer);
    voc_buffer_add(&split->outer, kept.data, MIN(list ? (gsize)(list - kept.data) : kept.len, MAX_OUTER));
    split->element = VOC_BUFFER_INIT;
    split->inside = 0;
    split->in_string = split->escaped = FALSE;
    split->entering = TRUE;
    split->line = split->element_line;
    voc_json_split_feed(split, voc_buffer_slice(&kept));
}

/* The rest of an element, or all that there is of it. */
static const char *
read_element(VocJsonSplit *split, const char *at, const char *end)
{
    const char *start = at;

    while (at < end && split->inside) {
        char c;

        if (split->in_string) {
            at = skip_string(split, at, end);
            continue;
        }
        c = *at++;
        if (c == '"')
            split->in_string = TRUE;
        else if (c == '{' || c == '[')
            split->inside++;
        else if (c == '}' || c == ']')
            split->inside--;
        else
            split->line += c == '\n';
    }
    if (split->deep && split->depth + 1 < MAX_DEPTH &&
        split->element.len + (gsize)(at - start) > VOC_JSON_ELEMENT_MAX) {
        take_apart(split);
        return start;
    }
    keep(split, start, (gsize)(at - start));
    if (!split->inside)
        tell(split, &split->element, innermost_array(split), split->element_line);
    return at;
}

/* The text as a whole is kept until it is known to have elements, or to be too long to be one. */
static void
keep_whole(VocJsonSplit *split, VocSlice bytes)
{
    if (!split->whole_kept)
        return;
    if (split->n_elements || split->inside || split->whole.len + bytes.len > VOC_JSON_ELEMENT_MAX) {
        voc_buffer_clear(&split->whole);
        split->whole_kept = FALSE;
        return;
    }
    voc_buffer_add_slice(&split->whole, bytes);
}

gboolean
voc_json_split_feed(VocJsonSplit *split, VocSlice bytes)
{
    const char *at = bytes.data, *end = at + bytes.len;

    keep_whole(split, bytes);
    while (at < end && !split->stopped) {
        if (split->inside) {
            at = read_element(split, at, end);
        } else if (split->in_string) {
            at = read_key(split, at, end);
        } else if (take_outside(split, *at)) {
            split->inside = 1;
            split->element_line = split->line;
            keep(split, at++, 1);
        } else {
            split->line += *at++ == '\n';
        }
    }
    return !split->stopped;
}

gboolean
voc_json_split_finish(VocJsonSplit *split)
{
    gboolean whole = !split->inside && !split->in_string && split->depth == 0;

    if (split->stopped)
        return whole;
    if (split->inside) {
        tell(split, &split->element, innermost_array(split), split->element_line);
    } else if (split->n_elements == 0 && split->whole_kept) {
        VocSlice text = voc_slice_strip(voc_buffer_slice(&split->whole));

        if (text.len && text.data[0] == '{')
            tell(split, &split->whole, 0, 1);
    }
    return whole;
}
