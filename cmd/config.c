#include "config.h"

/* One key of one group: where its value goes. */
typedef enum { KEY_TEXT, KEY_PATH, KEY_LIST, KEY_NUMBER, KEY_FLAG } KeyType;

typedef struct Key {
    const char *name;
    KeyType type;
    gsize offset;
} Key;

#define CONFIG(member) offsetof(VocConfig, member)
#define READ(member) offsetof(VocReadOptions, member)

/* What a source says of its exports is what voc read's options say. */
static const Key READ_KEYS[] = {
    {"format", KEY_TEXT, READ(format)},
    {"map", KEY_LIST, READ(map)},
    {"scale", KEY_LIST, READ(scale)},
    {"delimiter", KEY_TEXT, READ(delimiter)},
    {"quote", KEY_TEXT, READ(quote)},
    {"charset", KEY_TEXT, READ(charset)},
    {"date-order", KEY_TEXT, READ(date_order)},
    {"timezone", KEY_TEXT, READ(timezone)},
    {"channel", KEY_TEXT, READ(channel)},
    {"agent", KEY_LIST, READ(agent)},
    {"own", KEY_LIST, READ(own)},
    {"no-header", KEY_FLAG, READ(no_header)},
};

static const Key VOC_KEYS[] = {
    {"store", KEY_PATH, CONFIG(store)},          {"themes", KEY_PATH, CONFIG(themes)},
    {"actions", KEY_PATH, CONFIG(actions)},      {"reports", KEY_PATH, CONFIG(reports)},
    {"baseline", KEY_NUMBER, CONFIG(baseline)},  {"weeks", KEY_NUMBER, CONFIG(weeks)},
    {"jobs", KEY_NUMBER, CONFIG(jobs)},          {"redact", KEY_FLAG, CONFIG(redact)},
    {"update-themes", KEY_FLAG, CONFIG(update)}, {"pseudonym-key", KEY_PATH, CONFIG(key)},
};

static const Key MAIL_KEYS[] = {
    {"from", KEY_TEXT, CONFIG(from)},
    {"to", KEY_TEXT, CONFIG(to)},
    {"sendmail", KEY_TEXT, CONFIG(sendmail)},
};

/* The file being read. */
typedef struct File {
    GKeyFile *keys;
    const char *path, *folder;
    GError **error;
} File;

static gboolean
wrong(const File *file, const char *group, const char *key, const char *reason)
{
    g_set_error(file->error, VOC_ERROR, VOC_ERROR_USAGE, "%s: [%s]%s%s: %s", file->path, group,
                *key ? " " : "", key, reason);
    return FALSE;
}

static char *
absolute(const File *file, const char *path)
{
    if (g_str_has_prefix(path, "~/"))
        return g_build_filename(g_get_home_dir(), path + 2, NULL);
    return g_canonicalize_filename(path, file->folder);
}

static gboolean
read_list(const File *file, const char *group, const char *key, char ***list)
{
    g_autoptr(GError) problem = NULL;
    g_strfreev(*list);
    *list = g_key_file_get_string_list(file->keys, group, key, NULL, &problem);
    for (char **at = *list; at && *at; at++)
        g_strstrip(*at);
    return *list || wrong(file, group, key, problem->message);
}

static gboolean
read_text(const File *file, const char *group, const char *key, gboolean is_path, char **text)
{
    g_autoptr(GError) problem = NULL;
    g_autofree char *value = g_key_file_get_string(file->keys, group, key, &problem);
    if (!value)
        return wrong(file, group, key, problem->message);
    g_strstrip(value);
    g_free(*text);
    *text = !*value ? NULL : is_path ? absolute(file, value) : g_steal_pointer(&value);
    return TRUE;
}

static gboolean
read_value(const File *file, const char *group, const Key *key, void *to)
{
    g_autoptr(GError) problem = NULL;
    switch (key->type) {
    case KEY_LIST:
        return read_list(file, group, key->name, to);
    case KEY_NUMBER:
        *(int *)to = g_key_file_get_integer(file->keys, group, key->name, &problem);
        break;
    case KEY_FLAG:
        *(gboolean *)to = g_key_file_get_boolean(file->keys, group, key->name, &problem);
        break;
    default:
        return read_text(file, group, key->name, key->type == KEY_PATH, to);
    }
    return !problem || wrong(file, group, key->name, problem->message);
}

/* 1 when the key is one of the table's and its value good, 0 when it is none of them, -1 and an error. */
static int
read_key(const File *file, const char *group, const char *name, const Key *keys, gsize n, void *base)
{
    for (gsize i = 0; i < n; i++)
        if (strcmp(keys[i].name, name) == 0)
            return read_value(file, group, &keys[i], (char *)base + keys[i].offset) ? 1 : -1;
    return 0;
}

static gboolean
unknown(const File *file, const char *group, const char *key)
{
    return wrong(file, group, key, _("voc does not know this key"));
}

/* ---- [source NAME] ---- */

static void
source_free(gpointer data)
{
    VocConfigSource *source = data;
    VocReadOptions *read = &source->read;
    char *texts[] = {read->format,     read->delimiter, read->quote,  read->charset,
                     read->date_order, read->timezone,  read->channel};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_strfreev(read->map);
    g_strfreev(read->scale);
    g_strfreev(read->agent);
    g_strfreev(read->own);
    g_strfreev(source->paths);
    g_free(source->name);
    g_free(source);
}

static gboolean
read_paths(const File *file, const char *group, VocConfigSource *source)
{
    if (!read_list(file, group, "path", &source->paths))
        return FALSE;
    for (char **path = source->paths; *path; path++) {
        char *whole = absolute(file, *path);
        g_free(*path);
        *path = whole;
    }
    return TRUE;
}

static gboolean
read_source(const File *file, const char *group, VocConfig *config)
{
    VocConfigSource *source = g_new0(VocConfigSource, 1);
    g_auto(GStrv) keys = g_key_file_get_keys(file->keys, group, NULL, NULL);
    g_ptr_array_add(config->sources, source);
    source->name = g_strstrip(g_strdup(group + strlen("source")));
    for (char **key = keys; *key; key++) {
        int got = strcmp(*key, "path") == 0
                      ? (read_paths(file, group, source) ? 1 : -1)
                      : read_key(file, group, *key, READ_KEYS, G_N_ELEMENTS(READ_KEYS), &source->read);
        if (got <= 0)
            return got == 0 ? unknown(file, group, *key) : FALSE;
    }
    return (source->paths && source->paths[0]) ||
           wrong(file, group, "path", _("is missing: where are the exports?"));
}

/* ---- [voc] and [mail] ---- */

static gboolean
read_lang(const File *file, const char *group, VocConfig *config)
{
    g_autofree char *lang = g_key_file_get_string(file->keys, group, "lang", NULL);
    if (!lang || (strcmp(lang, "fi") != 0 && strcmp(lang, "en") != 0))
        return wrong(file, group, "lang", _("takes fi or en"));
    config->lang = g_intern_string(lang);
    return TRUE;
}

static gboolean
read_period(const File *file, const char *group, VocConfig *config)
{
    static const char *const KINDS[] = {"day", "week", "month"};
    g_autofree char *kind = g_key_file_get_string(file->keys, group, "period", NULL);
    for (guint i = 0; kind && i < G_N_ELEMENTS(KINDS); i++)
        if (strcmp(kind, KINDS[i]) == 0) {
            config->kind = (VocPeriodKind)i;
            return TRUE;
        }
    return wrong(file, group, "period", _("takes day, week or month"));
}

static gboolean
read_formats(const File *file, const char *group, VocConfig *config)
{
    g_auto(GStrv) names = NULL;
    if (!read_list(file, group, "formats", &names))
        return FALSE;
    memset(config->pages, 0, sizeof config->pages);
    for (char **name = names; *name; name++) {
        int page = voc_page_find(*name);
        if (page < 0)
            return wrong(file, group, "formats", _("takes text, md, html, json and mail, with ; between"));
        config->pages[page] = TRUE;
    }
    return TRUE;
}

static gboolean
read_voc_key(const File *file, const char *group, const char *key, VocConfig *config)
{
    if (strcmp(key, "lang") == 0)
        return read_lang(file, group, config);
    if (strcmp(key, "period") == 0)
        return read_period(file, group, config);
    if (strcmp(key, "formats") == 0)
        return read_formats(file, group, config);
    int got = read_key(file, group, key, VOC_KEYS, G_N_ELEMENTS(VOC_KEYS), config);
    return got == 0 ? unknown(file, group, key) : got > 0;
}

static gboolean
read_group(const File *file, const char *group, VocConfig *config)
{
    if (g_str_has_prefix(group, "source ") || strcmp(group, "source") == 0)
        return read_source(file, group, config);
    gboolean mail = strcmp(group, "mail") == 0;
    if (!mail && strcmp(group, "voc") != 0)
        return wrong(file, group, "",
                     _("voc does not know this group; it knows [voc], [mail] and [source NAME]"));
    g_auto(GStrv) keys = g_key_file_get_keys(file->keys, group, NULL, NULL);
    for (char **key = keys; *key; key++) {
        if (!mail && !read_voc_key(file, group, *key, config))
            return FALSE;
        int got = mail ? read_key(file, group, *key, MAIL_KEYS, G_N_ELEMENTS(MAIL_KEYS), config) : 1;
        if (got <= 0)
            return got == 0 ? unknown(file, group, *key) : FALSE;
    }
    return TRUE;
}

static gboolean
check(const File *file, const VocConfig *config)
{
    if (!config->sources->len)
        return wrong(file, "source NAME", "path", _("is missing: where are the exports?"));
    if (config->baseline < 1 || config->baseline > 52)
        return wrong(file, "voc", "baseline", _("takes 1 to 52 periods"));
    if (config->weeks < 1 || config->weeks > 520)
        return wrong(file, "voc", "weeks", _("takes 1 to 520"));
    if (config->sendmail && (!config->to || !config->pages[VOC_PAGE_MAIL]))
        return wrong(file, "mail", "sendmail", _("needs an address under to, and mail among the formats"));
    return config->jobs >= 0 || wrong(file, "voc", "jobs", _("takes a number from 0"));
}

static void
set_defaults(const File *file, VocConfig *config)
{
    config->lang = "en";
    config->kind = VOC_PERIOD_WEEK;
    config->baseline = 26;
    config->weeks = 8;
    config->redact = config->update = TRUE;
    config->store = absolute(file, "voc.db");
    config->themes = absolute(file, "voc.themes");
    config->reports = absolute(file, "reports");
    config->pages[VOC_PAGE_HTML] = config->pages[VOC_PAGE_TEXT] = TRUE;
    config->sources = g_ptr_array_new_with_free_func(source_free);
}

VocConfig *
voc_config_read(const char *path, GError **error)
{
    g_autoptr(VocConfig) config = g_new0(VocConfig, 1);
    g_autoptr(GKeyFile) keys = g_key_file_new();
    g_autoptr(GError) problem = NULL;
    config->path = g_canonicalize_filename(path, NULL);
    config->folder = g_path_get_dirname(config->path);
    File file = {keys, path, config->folder, error};
    set_defaults(&file, config);
    if (!g_key_file_load_from_file(keys, path, G_KEY_FILE_NONE, &problem)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s: %s", path, problem->message);
        return NULL;
    }
    g_auto(GStrv) groups = g_key_file_get_groups(keys, NULL);
    for (char **group = groups; *group; group++)
        if (!read_group(&file, *group, config))
            return NULL;
    return check(&file, config) ? g_steal_pointer(&config) : NULL;
}

void
voc_config_free(VocConfig *config)
{
    if (!config)
        return;
    char *texts[] = {config->path,    config->folder, config->store, config->themes,   config->actions,
                     config->reports, config->from,   config->to,    config->sendmail, config->key};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    if (config->sources)
        g_ptr_array_unref(config->sources);
    g_free(config);
}
