/* voc init: a configuration for voc weekly, made by looking at a folder of exports. */
#include <errno.h>
#include <sys/random.h>

#include "facts.h"
#include "read/reader.h"
#include "read/walk.h"

typedef struct Settings {
    char *output, *lang;
    gboolean force;
} Settings;

/* Files named one by one; of more their number is said. */
#define NAMED 60

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_option(entries, "output", 'o', G_OPTION_ARG_FILENAME, &settings->output,
               N_("Write the configuration to FILE (default: voc.conf)"), N_("FILE"));
    voc_option(entries, "lang", 'l', G_OPTION_ARG_STRING, &settings->lang,
               N_("The language of reports and of the configuration's comments: fi or en (default: the "
                  "environment's)"),
               N_("LANG"));
    voc_option(entries, "force", 0, G_OPTION_ARG_NONE, &settings->force,
               N_("Write over a configuration that is there"), NULL);
}

static void
clear(void *data)
{
    Settings *settings = data;
    g_free(settings->output);
    g_free(settings->lang);
}

/* What was found in the folder. */
typedef struct Findings {
    VocProgram *program;
    GString *lines; /* a comment line a file */
    GPtrArray *own; /* char: what --own takes */
    guint files, unknown;
} Findings;

/* What voc read --explain says under `name`, up to its reason; free it, NULL when it says nothing. */
static char *
finding(const char *explained, const char *name)
{
    g_autofree char *key = g_strdup_printf("\n  %-11s", name);
    const char *at = strstr(explained, key);
    if (!at)
        return NULL;
    at += strlen(key);
    const char *end = at + strcspn(at, "\n"), *colon = strstr(at, ": ");
    return g_strndup(at, (gsize)((colon && colon < end ? colon : end) - at));
}

static void
add_own(Findings *findings, const char *own)
{
    for (guint i = 0; i < findings->own->len; i++)
        if (strcmp(g_ptr_array_index(findings->own, i), own) == 0)
            return;
    g_ptr_array_add(findings->own, g_strdup(own));
}

/* Names come from strangers: one line each, nothing that steers a terminal. */
static char *
plain(const char *text)
{
    char *valid = g_utf8_make_valid(text, -1);
    for (char *at = valid; *at; at++)
        if ((guchar)*at < 0x20 || *at == 0x7f)
            *at = '?';
    return valid;
}

static void
look_at(Findings *findings, const char *path)
{
    static const VocReadOptions none = {0};
    const char *const paths[] = {path, NULL};
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;
    g_autoptr(VocReader) reader =
        voc_reader_new(paths, &none, voc_context_data_dir(findings->program->context), NULL);
    if (!reader)
        return;
    gboolean known = voc_reader_explain(reader, &text);
    g_autofree char *explained = voc_slice_dup(voc_buffer_slice(&text)), *name = plain(path);
    g_autofree char *format = finding(explained, "format"), *channel = finding(explained, "channel");
    g_autofree char *own = finding(explained, "own");
    findings->files++;
    findings->unknown += !known;
    if (own && strchr(own, '@'))
        add_own(findings, own);
    if (findings->files > NAMED)
        return;
    g_string_append_printf(findings->lines, "#   %s  %s%s%s\n", name,
                           known && format ? format : _("NOT RECOGNISED, and not read"),
                           known && channel ? ", " : "", known && channel ? channel : "");
}

static gboolean
look_around(Findings *findings, const char *folder, GError **error)
{
    const char *const paths[] = {folder, NULL};
    if (!g_file_test(folder, G_FILE_TEST_EXISTS)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("%s: there is nothing of that name"), folder);
        return FALSE;
    }
    g_autoptr(VocWalk) walk = voc_walk_new(paths);
    for (;;) {
        g_autoptr(GError) problem = NULL;
        g_autofree char *path = voc_walk_next(walk, &problem);
        if (!path)
            break;
        if (problem)
            voc_program_reject(findings->program, path, 0, problem->message, VOC_SLICE_NONE, NULL);
        else
            look_at(findings, path);
    }
    if (findings->files > NAMED)
        g_string_append_printf(findings->lines, _("#   and %u more files\n"), findings->files - NAMED);
    if (!findings->files)
        g_string_append_printf(findings->lines, "#   %s\n", _("nothing yet"));
    return TRUE;
}

static void
replace(GString *text, const char *mark, const char *with)
{
    g_string_replace(text, mark, with, 0);
}

static char *
own_line(const Findings *findings)
{
    if (!findings->own->len)
        return g_strdup_printf(
            "%s\n#own = @example.com",
            _("# Mail addresses and domains of your own people: their mails are answers, not feedback."));
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < findings->own->len; i++)
        g_string_append_printf(list, "%s%s", i ? ";" : "", (const char *)g_ptr_array_index(findings->own, i));
    g_autofree char *safe = plain(list->str);
    return g_strdup_printf("%s\nown = %s",
                           _("# Mail addresses and domains of your own people, as the mails tell it: put it "
                             "right if it is wrong."),
                           safe);
}

/* The folder as the configuration says it: relative to where that lies when it is below. */
static char *
folder_from(const char *config, const char *folder)
{
    g_autofree char *whole = g_canonicalize_filename(folder, NULL),
                    *file = g_canonicalize_filename(config, NULL);
    g_autofree char *base = g_path_get_dirname(file);
    gsize len = strlen(base);
    if (strcmp(whole, base) == 0)
        return g_strdup(".");
    if (strncmp(whole, base, len) == 0 && whole[len] == '/')
        return g_strdup(whole + len + 1);
    return g_steal_pointer(&whole);
}

static GString *
fill(const Findings *findings, const char *lang, const char *output, const char *folder, GError **error)
{
    const char *data = voc_context_data_dir(findings->program->context);
    g_autofree char *name = g_strconcat(lang, ".conf", NULL);
    g_autofree char *path = g_build_filename(data, "data", "conf", name, NULL);
    g_autofree char *template = NULL, *own = own_line(findings), *from = folder_from(output, folder);
    g_autofree char *shown = plain(folder), *conf = plain(output);
    g_autofree char *samples = g_build_filename(data, "data", "cron", NULL);
    g_autoptr(GError) problem = NULL;
    if (!g_file_get_contents(path, &template, NULL, &problem)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s", problem->message);
        return NULL;
    }
    GString *text = g_string_new(template);
    replace(text, "@CONF@", conf);
    replace(text, "@DATA@", samples);
    replace(text, "@PATH@", from);
    replace(text, "@OWN@", own);
    replace(text, "@SHOWN@", shown);
    g_string_truncate(text, (gsize)(strstr(text->str, "@FOUND@") - text->str));
    g_string_append_len(text, findings->lines->str, (gssize)findings->lines->len);
    return text;
}

/* `key` is the key that was made, NULL for none. */
static gboolean
tell(const Findings *findings, const char *output, const char *key, GError **error)
{
    g_autofree char *conf = plain(output);
    g_autoptr(GString) text = g_string_new(_("Recognised:\n"));
    g_autoptr(GString) files = g_string_new_len(findings->lines->str, (gssize)findings->lines->len);
    g_string_replace(files, "#   ", "  ", 0);
    g_string_append_len(text, files->str, (gssize)files->len);
    for (guint i = 0; i < findings->own->len; i++) {
        g_autofree char *own = plain(g_ptr_array_index(findings->own, i));
        g_string_append_printf(text, _("Your own people's mail, it seems: %s\n"), own);
    }
    if (key) {
        g_autofree char *name = plain(key);
        g_string_append_printf(
            text, _("\n%s is made: with it customers become pseudonyms. Keep it to yourself.\n"), name);
    }
    g_string_append_printf(text, _("\n%s is written: look through it, then\n"), conf);
    g_string_append_printf(text, "  voc weekly -n -c %s\n  voc weekly -c %s\n", conf, conf);
    return voc_output_write(findings->program->out, voc_slice_of(text->str, text->len), error);
}

static gboolean
write_file(const char *path, const GString *text, GError **error)
{
    g_autoptr(VocOutput) out = voc_output_create(path, FALSE, error);
    return out && voc_output_write(out, voc_slice_of(text->str, text->len), error) &&
           voc_output_close(out, error);
}

/* Makes `path`, which only its owner may read, and writes a new key there. One that is there stays: with
 * another the customers of what is kept already would be strangers. */
static gboolean
make_key(const char *path, gboolean *made, GError **error)
{
    guchar bytes[32];
    g_autoptr(GError) problem = NULL;
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return TRUE;
    *made = getrandom(bytes, sizeof bytes, 0) == (gssize)sizeof bytes;
    g_autofree char *base64 = g_base64_encode(bytes, sizeof bytes), *line = g_strconcat(base64, "\n", NULL);
    if (*made &&
        g_file_set_contents_full(path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600, &problem))
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s", problem ? problem->message : g_strerror(errno));
    return FALSE;
}

static gboolean
check(const Settings *settings, char **operands, const char *lang, const char *output, GError **error)
{
    if (operands[0] && operands[1])
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s",
                    _("one folder; further ones go into the configuration"));
    else if (strcmp(lang, "fi") != 0 && strcmp(lang, "en") != 0)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("'%s' is no language of reports: fi or en"), lang);
    else if (!settings->force && g_file_test(output, G_FILE_TEST_EXISTS))
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("%s is there already; --force writes over it"),
                    output);
    else
        return TRUE;
    return FALSE;
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    const Settings *settings = data;
    const char *output = settings->output ? settings->output : "voc.conf";
    const char *folder = operands[0] ? operands[0] : ".";
    const char *lang = settings->lang ? settings->lang : voc_environment_lang();
    if (!check(settings, operands, lang, output, error))
        return FALSE;
    g_autoptr(GString) lines = g_string_new(NULL);
    g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func(g_free);
    Findings findings = {.program = program, .lines = lines, .own = own};
    if (!look_around(&findings, folder, error))
        return FALSE;
    GString *text = fill(&findings, lang, output, folder, error);
    if (!text)
        return FALSE;
    g_autofree char *base = g_path_get_dirname(output);
    g_autofree char *key =
        strcmp(base, ".") == 0 ? g_strdup("voc.key") : g_build_filename(base, "voc.key", NULL);
    gboolean made = FALSE, good = write_file(output, text, error);
    if (good && g_file_test(output, G_FILE_TEST_IS_REGULAR))
        good = make_key(key, &made, error);
    good = good && tell(&findings, output, made ? key : NULL, error);
    g_string_free(text, TRUE);
    return good;
}

const VocFilter voc_filter_init = {
    .name = "init",
    .summary = N_("Look at a folder of exports and write a configuration for voc weekly"),
    .operands = N_("[FOLDER]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
