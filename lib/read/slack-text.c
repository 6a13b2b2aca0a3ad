#include "read/slack-text.h"

#define MAX_LIST ((gsize)64 << 20) /* bytes of users.json and its like */
#define MAX_BLOCKS 16              /* how deep blocks are looked into */

static void
free_user(gpointer data)
{
    VocSlackUser *user = data;

    g_free(user->name);
    g_free(user);
}

static void
free_place(gpointer data)
{
    VocSlackPlace *place = data;

    g_free(place->id);
    g_free(place->name);
    g_free(place);
}

VocSlackNames *
voc_slack_names_new(void)
{
    VocSlackNames *names = g_new0(VocSlackNames, 1);

    names->users = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_user);
    names->channels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_place);
    return names;
}

void
voc_slack_names_free(VocSlackNames *names)
{
    g_hash_table_unref(names->users);
    g_hash_table_unref(names->channels);
    g_free(names);
}

static gboolean
is_true(const VocJson *json, const char *key)
{
    const VocJson *value = voc_json_get(json, key);

    return value && value->type == VOC_JSON_TRUE;
}

static VocSlice
first_of(const VocJson *json, const char *const *keys)
{
    for (; *keys; keys++) {
        VocSlice text = voc_slice_strip(voc_json_get_text(json, *keys));

        if (text.len)
            return text;
    }
    return VOC_SLICE_NONE;
}

static VocSlice
name_of(const VocJson *user)
{
    static const char *const in_profile[] = {"display_name", "real_name", "display_name_normalized",
                                             "real_name_normalized", NULL};
    static const char *const in_user[] = {"real_name", "display_name", "name", "username", NULL};
    VocSlice name = first_of(voc_json_get(user, "profile"), in_profile);

    return name.len ? name : first_of(user, in_user);
}

static void
add_user(VocSlackNames *names, const VocJson *json)
{
    VocSlice id = voc_json_get_text(json, "id");
    VocSlackUser *user;

    if (!id.len)
        return;
    user = g_new0(VocSlackUser, 1);
    user->name = voc_slice_dup(name_of(json));
    user->bot = is_true(json, "is_bot") || voc_slice_equal_string(id, "USLACKBOT") ||
                voc_json_get_text(voc_json_get(json, "profile"), "bot_id").len;
    user->outside = !user->bot && (is_true(json, "is_stranger") || is_true(json, "is_restricted") ||
                                   is_true(json, "is_ultra_restricted"));
    names->outsiders |= user->outside;
    g_hash_table_replace(names->users, voc_slice_dup(id), user);
}

static void
add_place(VocSlackNames *names, const VocJson *json)
{
    VocSlice id = voc_json_get_text(json, "id"), name = voc_json_get_text(json, "name");
    VocSlice keys[] = {id, name};
    gboolean group = voc_slice_starts_with(name, VOC_SLICE("mpdm-"));

    for (gsize i = 0; id.len && i < G_N_ELEMENTS(keys); i++) {
        VocSlackPlace *place;

        if (!keys[i].len)
            continue;
        place = g_new0(VocSlackPlace, 1);
        place->id = voc_slice_dup(id);
        place->name = voc_slice_dup(name.len ? name : id);
        place->direct = !name.len || group || is_true(json, "is_im") || is_true(json, "is_mpim");
        g_hash_table_replace(names->channels, voc_slice_dup(keys[i]), place);
    }
}

static void
load_list(VocSlackNames *names, VocExport *export, VocJsonReader *reader, const char *file,
          void (*add)(VocSlackNames *names, const VocJson *json))
{
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;
    g_auto(VocArena) arena;
    const VocJson *list;

    voc_arena_init(&arena, 0);
    if (!voc_export_beside(export, file, MAX_LIST, &text))
        return;
    memset(voc_buffer_reserve(&text, VOC_PADDING), 0, VOC_PADDING);
    list = voc_json_parse(reader, voc_buffer_slice(&text), &arena, NULL);
    for (list = list && list->type == VOC_JSON_ARRAY ? list->first : NULL; list; list = list->next)
        add(names, list);
}

void
voc_slack_names_load(VocSlackNames *names, VocExport *export, VocJsonReader *json)
{
    static const char *const places[] = {"../channels.json", "../groups.json", "../dms.json",
                                         "../mpims.json"};

    names->loaded = TRUE;
    load_list(names, export, json, "../users.json", add_user);
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
        load_list(names, export, json, places[i], add_place);
}

const VocSlackUser *
voc_slack_user(const VocSlackNames *names, VocSlice id)
{
    g_autofree char *key = voc_slice_dup(id);

    return g_hash_table_lookup(names->users, key);
}

const VocSlackPlace *
voc_slack_place(const VocSlackNames *names, const char *folder)
{
    return g_hash_table_lookup(names->channels, folder);
}

static void
add_characters(VocSlice text, VocBuffer *out)
{
    static const struct {
        VocSlice name;
        char character;
    } references[] = {
        {VOC_SLICE("&lt;"), '<'},
        {VOC_SLICE("&gt;"), '>'},
        {VOC_SLICE("&amp;"), '&'},
    };

    while (text.len) {
        const char *mark = memchr(text.data, '&', text.len);
        gsize n = mark ? (gsize)(mark - text.data) : text.len, i;

        voc_buffer_add(out, text.data, n);
        text = voc_slice_of(text.data + n, text.len - n);
        for (i = 0; text.len && i < G_N_ELEMENTS(references); i++) {
            if (!voc_slice_starts_with(text, references[i].name))
                continue;
            voc_buffer_add_char(out, references[i].character);
            n = references[i].name.len;
            text = voc_slice_of(text.data + n, text.len - n);
            break;
        }
        if (text.len && i == G_N_ELEMENTS(references)) {
            voc_buffer_add_char(out, *text.data);
            text = voc_slice_of(text.data + 1, text.len - 1);
        }
    }
}

static void
add_user_name(const VocSlackNames *names, VocSlice id, VocBuffer *out)
{
    const VocSlackUser *user = voc_slack_user(names, id);

    voc_buffer_add_char(out, '@');
    if (user && *user->name)
        voc_buffer_add_string(out, user->name);
    else
        voc_buffer_add_slice(out, id);
}

static void
add_channel_name(const VocSlackNames *names, VocSlice id, VocBuffer *out)
{
    g_autofree char *key = voc_slice_dup(id);
    const VocSlackPlace *place = voc_slack_place(names, key);

    voc_buffer_add_char(out, '#');
    voc_buffer_add_string(out, place ? place->name : key);
}

/* What stands between < and >: "@U1|name", "#C1|name", "!here", "https://a|words". */
static void
add_mark(const VocSlackNames *names, VocSlice inside, VocBuffer *out)
{
    const char *bar = memchr(inside.data, '|', inside.len);
    VocSlice target = voc_slice_of(inside.data, bar ? (gsize)(bar - inside.data) : inside.len);
    VocSlice words =
        bar ? voc_slice_of(bar + 1, (gsize)(inside.data + inside.len - bar - 1)) : VOC_SLICE_NONE;
    VocSlice rest = voc_slice_of(target.data + 1, target.len ? target.len - 1 : 0);
    char kind = target.len ? target.data[0] : 0;

    if (words.len) {
        if ((kind == '@' || kind == '#') && words.data[0] != kind)
            voc_buffer_add_char(out, kind);
        add_characters(words, out);
    } else if (kind == '@') {
        add_user_name(names, rest, out);
    } else if (kind == '#') {
        add_channel_name(names, rest, out);
    } else if (kind == '!') {
        voc_buffer_add_char(out, '@');
        add_characters(rest, out);
    } else {
        if (voc_slice_starts_with(target, VOC_SLICE("mailto:")))
            target = voc_slice_of(target.data + 7, target.len - 7);
        add_characters(target, out);
    }
}

void
voc_slack_plain(const VocSlackNames *names, VocSlice text, VocBuffer *out)
{
    while (text.len) {
        const char *open = memchr(text.data, '<', text.len);
        gsize n = open ? (gsize)(open - text.data) : text.len;
        const char *close;

        add_characters(voc_slice_of(text.data, n), out);
        text = voc_slice_of(text.data + n, text.len - n);
        if (!open)
            return;
        close = memchr(open, '>', text.len);
        if (!close) {
            add_characters(text, out);
            return;
        }
        add_mark(names, voc_slice_of(open + 1, (gsize)(close - open - 1)), out);
        n = (gsize)(close + 1 - open);
        text = voc_slice_of(text.data + n, text.len - n);
    }
}

static void
add_blocks(const VocSlackNames *names, const VocJson *json, VocBuffer *out, guint depth)
{
    static const char *const lists[] = {"elements", "fields"};
    VocSlice type = voc_json_get_text(json, "type");
    const VocJson *text = voc_json_get(json, "text");

    if (depth > MAX_BLOCKS)
        return;
    if (json->type == VOC_JSON_ARRAY) {
        for (json = json->first; json; json = json->next)
            add_blocks(names, json, out, depth + 1);
        return;
    }
    if (voc_slice_equal_string(type, "user"))
        add_user_name(names, voc_json_get_text(json, "user_id"), out);
    else if (voc_slice_equal_string(type, "channel"))
        add_channel_name(names, voc_json_get_text(json, "channel_id"), out);
    else if (voc_slice_equal_string(type, "link") && !text)
        voc_buffer_add_slice(out, voc_json_get_text(json, "url"));
    else if (text && text->type == VOC_JSON_STRING)
        voc_slack_plain(names, text->text, out);
    else if (text)
        voc_slack_plain(names, voc_json_get_text(text, "text"), out);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        if (voc_json_get(json, lists[i]))
            add_blocks(names, voc_json_get(json, lists[i]), out, depth + 1);
    if (voc_slice_starts_with(type, VOC_SLICE("rich_text_")) || voc_slice_equal_string(type, "section") ||
        voc_slice_equal_string(type, "header"))
        voc_buffer_add_char(out, '\n');
}

void
voc_slack_blocks(const VocSlackNames *names, const VocJson *blocks, VocBuffer *out)
{
    if (blocks)
        add_blocks(names, blocks, out, 0);
}
