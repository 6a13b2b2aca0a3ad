/* JSON texts cut into their objects: however the bytes are fed, the objects are the same, and each ends in a
 * brace. */
#include "fuzz.h"
#include "read/identity.h"
#include "read/json-split.h"

static gboolean
on_element(const VocJsonElement *element, gpointer data)
{
    g_assert(element->text.len && element->line >= 1);
    voc_hash_add_part(data, element->text);
    voc_hash_add_part(data, voc_slice_of((const char *)&element->line, sizeof element->line));
    voc_hash_add_part(data, voc_slice_of((const char *)&element->array, sizeof element->array));
    return TRUE;
}

static gboolean
split(VocSlice text, gsize piece, guint64 result[2])
{
    VocHash hash;
    g_autoptr(VocJsonSplit) split = voc_json_split_new(on_element, &hash);
    gboolean whole;

    voc_hash_init(&hash);
    for (gsize at = 0; at < text.len; at += piece)
        voc_json_split_feed(split, voc_slice_of(text.data + at, MIN(piece, text.len - at)));
    whole = voc_json_split_finish(split);
    for (guint i = 0; i < 5; i++)
        g_assert(voc_json_split_path(split, i));
    voc_hash_end(&hash, result);
    return whole;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    VocSlice text = {(const char *)data + 1, size - 1};
    guint64 whole[2], cut[2];

    if (size < 1)
        return 0;
    g_assert(split(text, MAX(text.len, 1), whole) == split(text, 1u + data[0] % 32, cut));
    g_assert(whole[0] == cut[0] && whole[1] == cut[1]);
    return 0;
}
