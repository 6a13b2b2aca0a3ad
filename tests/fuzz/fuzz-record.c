/* Records: lines that are parsed, changed and written back. */
#include "record/record.h"

#include "fuzz.h"

static VocJsonReader *reader;

static void
check_tree(const VocJson *json, guint depth)
{
    must(depth <= VOC_JSON_DEPTH + 1);
    guint n = 0;
    for (const VocJson *child = json->first; child; child = child->next, n++)
        check_tree(child, depth + 1);
    must(n == json->n);
    if (json->type == VOC_JSON_STRING && !memchr(json->text.data, 0, json->text.len))
        must(json->text.len == 0 || g_utf8_validate_len(json->text.data, json->text.len, NULL));
}

static void
check_reads(const VocRecord *record)
{
    static const char *const paths[] = {"text", "rating.nps", "fields.a.b", "a", ".", ""};
    for (int key = 0; key < VOC_N_KEYS; key++) {
        VocSlice text = voc_record_string(record, (VocKey)key);
        guint sum = 0;
        for (gsize i = 0; text.data && i < text.len + VOC_PADDING; i++)
            sum += (guchar)text.data[i];
        must(sum < G_MAXUINT);
        const VocJson *value = voc_record_value(record, (VocKey)key);
        must((value != NULL) == (voc_record_has(record, (VocKey)key) != 0));
        if (value)
            check_tree(value, 0);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        const VocJson *value = voc_record_find(record, voc_slice_from_string(paths[i]));
        if (value)
            check_tree(value, 0);
    }
}

/* What is written can be read, and is written the same. */
static void
check_written(const VocRecord *record, VocArena *arena)
{
    g_auto(VocBuffer) first = VOC_BUFFER_INIT, second = VOC_BUFFER_INIT;
    VocRecord again;
    const char *reason = NULL;
    voc_record_write(record, &first);
    must(first.len > 0 && first.data[first.len - 1] == '\n');
    char *copy = fuzz_padded(first.data, first.len - 1);
    must(voc_record_parse(&again, reader, arena, voc_slice_of(copy, first.len - 1), &reason));
    voc_record_write(&again, &second);
    must(first.len == second.len && memcmp(first.data, second.data, first.len) == 0);
    g_free(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_auto(VocArena) arena;
    VocRecord record;
    const char *reason = NULL;
    voc_arena_init(&arena, 0);
    if (!reader)
        reader = voc_json_reader_new();
    char *line = fuzz_padded(data, size);
    if (voc_record_parse(&record, reader, &arena, voc_slice_of(line, size), &reason)) {
        check_reads(&record);
        check_written(&record, &arena);
        voc_record_set_string(&record, VOC_KEY_SUBJECT, voc_slice_of(line, size));
        voc_record_set_raw(&record, VOC_KEY_LANG, VOC_SLICE("\"fi\""));
        check_written(&record, &arena);
        voc_record_remove(&record, VOC_KEY_TEXT);
        voc_record_remove(&record, VOC_KEY_SUBJECT);
        check_written(&record, &arena);
    } else {
        must(reason != NULL);
    }
    const VocJson *tree = voc_json_parse(reader, voc_slice_of(line, size), &arena, NULL);
    if (tree)
        check_tree(tree, 0);
    g_free(line);
    return 0;
}
