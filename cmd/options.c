#include "options.h"

#include <errno.h>
#include <libintl.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "versions.h"

void
voc_bind_translations(void)
{
    g_autofree char *data = voc_data_dir();
    g_autofree char *locale = g_build_filename(data, "..", "locale", NULL);
    bindtextdomain("voc", locale);
    bind_textdomain_codeset("voc", "UTF-8");
    textdomain("voc");
}

static GArray *
own_entries(const VocFilter *filter, void *settings)
{
    GArray *entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
    if (filter->options)
        filter->options(settings, entries);
    return entries;
}

static GArray *
shared_entries(VocShared *shared)
{
    GArray *entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
    voc_option(entries, "rejects", 0, G_OPTION_ARG_FILENAME, &shared->rejects, N_("Write bad input to FILE"),
               N_("FILE"));
    voc_option(entries, "quiet", 'q', G_OPTION_ARG_NONE, &shared->quiet, N_("Say nothing about bad input"),
               NULL);
    voc_option(entries, "line-buffered", 0, G_OPTION_ARG_NONE, &shared->line_buffered,
               N_("Write each record as soon as it is done"), NULL);
    voc_option(entries, "progress", 0, G_OPTION_ARG_NONE, &shared->progress,
               N_("Show progress even where stderr is no terminal"), NULL);
    voc_option(entries, "gzip", 'z', G_OPTION_ARG_NONE, &shared->packed, N_("Write gzip"), NULL);
    voc_option(entries, "morphology", 0, G_OPTION_ARG_STRING, &shared->morphology,
               N_("How Finnish words find their base: auto, voikko (base forms) or snowball (stems)"),
               N_("KIND"));
    voc_option(entries, "version", 0, G_OPTION_ARG_NONE, &shared->version, N_("Tell the version"), NULL);
    voc_option(entries, "list-options", 0, G_OPTION_ARG_NONE, &shared->list, NULL, NULL);
    g_array_index(entries, GOptionEntry, entries->len - 1).flags = G_OPTION_FLAG_HIDDEN;
    return entries;
}

/* One line an option, for shell completion: --long, -s or nothing, what its value is or nothing, help. */
static void
list_entries(GString *to, GArray *entries)
{
    for (guint i = 0; i < entries->len; i++) {
        const GOptionEntry *entry = &g_array_index(entries, GOptionEntry, i);
        if (entry->flags & G_OPTION_FLAG_HIDDEN)
            continue;
        gboolean valued = entry->arg != G_OPTION_ARG_NONE;
        g_string_append_printf(to, "--%s\t", entry->long_name);
        if (entry->short_name)
            g_string_append_printf(to, "-%c", entry->short_name);
        g_string_append_printf(to, "\t%s\t%s\n",
                               valued ? (entry->arg_description ? entry->arg_description : "VALUE") : "",
                               entry->description ? _(entry->description) : "");
    }
}

static void
answer(const VocFilter *filter, VocShared *shared, GArray *own, GArray *common)
{
    if (shared->version) {
        g_autofree char *libraries = voc_versions();
        shared->answer = g_strdup_printf("voc-%s %s\n%s", filter->name, VOC_VERSION, libraries);
    } else if (shared->list) {
        g_autoptr(GString) list = g_string_new(NULL);
        list_entries(list, own);
        list_entries(list, common);
        g_string_append_printf(list, "--help\t-h\t\t%s\n", _("Show help options"));
        shared->answer = g_string_free(g_steal_pointer(&list), FALSE);
    }
    shared->done = shared->answer != NULL;
}

/* The entry of a letter that takes a value, or NULL. */
static const GOptionEntry *
find_valued(GArray *entries, char letter)
{
    for (guint i = 0; entries && i < entries->len; i++) {
        const GOptionEntry *entry = &g_array_index(entries, GOptionEntry, i);
        if (entry->short_name == letter && entry->arg != G_OPTION_ARG_NONE)
            return entry;
    }
    return NULL;
}

/* A copy of the words in which a value that touches its letter stands alone: GOption does not know "-j2". */
static char **
part_values(int argc, char **argv, GArray *own, GArray *common)
{
    GPtrArray *words = g_ptr_array_new();
    gboolean ended = FALSE, is_value = FALSE;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        ended = ended || strcmp(word, "--") == 0;
        gboolean glued = i > 0 && !ended && !is_value && word[0] == '-' && word[1] && word[1] != '-' &&
                         word[2] && (find_valued(own, word[1]) || find_valued(common, word[1]));
        /* -e -x: the second is the value of the first. */
        is_value = !is_value && word[0] == '-' && word[1] && !word[2] &&
                   (find_valued(own, word[1]) || find_valued(common, word[1]));
        g_ptr_array_add(words, glued ? g_strndup(word, 2) : g_strdup(word));
        if (glued)
            g_ptr_array_add(words, g_strdup(word + 2));
    }
    g_ptr_array_add(words, NULL);
    return (char **)g_ptr_array_free(words, FALSE);
}

/* Takes the filter's own operands off the front. */
static gboolean
take_own(const VocFilter *filter, void *settings, VocShared *shared, GError **error)
{
    int n = filter->take ? filter->take(settings, shared->operands, error) : 0;
    for (int i = 0; i < n; i++)
        g_free(shared->operands[i]);
    if (n > 0)
        memmove(shared->operands, shared->operands + n,
                sizeof(char *) * (g_strv_length(shared->operands + n) + 1));
    return n >= 0;
}

static gboolean
parse(GOptionContext *context, char **given, VocShared *shared, GError **error)
{
    g_autoptr(GError) problem = NULL;
    g_auto(GStrv) words = given;
    if (!g_option_context_parse_strv(context, &words, &problem)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s", problem->message);
        return FALSE;
    }
    guint from = words[0] ? 1 : 0;
    /* GOption leaves the "--" that ends the options where operands follow it. */
    if (words[from] && strcmp(words[from], "--") == 0)
        from++;
    shared->operands = g_strdupv(words + from);
    return TRUE;
}

gboolean
voc_options_parse(const VocFilter *filter, void *settings, VocShared *shared, int argc, char **argv,
                  GError **error)
{
    g_autoptr(GArray) own = own_entries(filter, settings);
    g_autoptr(GArray) common = shared_entries(shared);
    g_autoptr(GOptionContext) context =
        g_option_context_new(filter->operands ? _(filter->operands) : _("[FILE...]"));
    gboolean help = FALSE;
    GOptionEntry help_entry[] = {{"help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Show help options"), NULL},
                                 {0}};
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_translation_domain(context, "voc");
    g_option_context_set_summary(context, _(filter->summary));
    g_option_context_add_main_entries(context, (GOptionEntry *)(void *)own->data, "voc");
    g_option_context_add_main_entries(context, (GOptionEntry *)(void *)common->data, "voc");
    g_option_context_add_main_entries(context, help_entry, "voc");
    if (!parse(context, part_values(argc, argv, own, common), shared, error))
        return FALSE;
    answer(filter, shared, own, common);
    if (help) {
        g_free(shared->answer);
        shared->answer = g_option_context_get_help(context, TRUE, NULL);
        shared->done = TRUE;
    }
    return shared->done || take_own(filter, settings, shared, error);
}

gboolean
voc_options_parse_stage(const VocFilter *filter, void *settings, char **words, GError **error)
{
    g_autoptr(GArray) own = own_entries(filter, settings);
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_add_main_entries(context, (GOptionEntry *)(void *)own->data, "voc");
    VocShared shared = {0};
    if (!parse(context, part_values((int)g_strv_length(words), words, own, NULL), &shared, error) ||
        !take_own(filter, settings, &shared, error)) {
        voc_options_clear(&shared);
        return FALSE;
    }
    gboolean extra = shared.operands[0] != NULL;
    if (extra)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("%s: a stage takes no files (%s)"), filter->name,
                    shared.operands[0]);
    voc_options_clear(&shared);
    return !extra;
}

GArray *
voc_options_entries(const VocFilter *filter, void *settings, VocShared *shared)
{
    GArray *entries = own_entries(filter, settings);
    g_autoptr(GArray) common = shared_entries(shared);
    for (guint i = 0; i < common->len; i++)
        if (!(g_array_index(common, GOptionEntry, i).flags & G_OPTION_FLAG_HIDDEN))
            g_array_append_val(entries, g_array_index(common, GOptionEntry, i));
    return entries;
}

int
voc_options_exit(const VocShared *shared)
{
    VocOutput *out = voc_output_new(STDOUT_FILENO, _("standard output"), FALSE);
    g_autoptr(GError) error = NULL;
    gboolean good =
        voc_output_write(out, voc_slice_from_string(shared->answer), &error) && voc_output_close(out, &error);
    voc_output_free(out);
    if (good || g_error_matches(error, VOC_ERROR, VOC_ERROR_CLOSED))
        return VOC_EXIT_OK;
    fprintf(stderr, "voc: %s\n", error->message);
    return VOC_EXIT_FATAL;
}

void
voc_options_clear(VocShared *shared)
{
    g_free(shared->rejects);
    g_free(shared->morphology);
    g_free(shared->answer);
    g_strfreev(shared->operands);
    *shared = (VocShared){0};
}

gboolean
voc_option_number(const char *given, const char *option, double other, double *number, GError **error)
{
    char *end;
    *number = other;
    if (!given)
        return TRUE;
    *number = g_ascii_strtod(given, &end);
    if (end > given && !*end && isfinite(*number))
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("--%s takes a number, with a decimal point"), option);
    return FALSE;
}
