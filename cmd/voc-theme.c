/* voc theme: what messages are about. */
#include "theme.h"

static void
options_assign(VocThemeOptions *settings, GArray *entries)
{
    settings->theme.confidence = VOC_ASSIGN_CONFIDENCE;
    settings->target = -1;
    voc_option(entries, "themes", 't', G_OPTION_ARG_FILENAME, &settings->theme.themes, N_("The theme file"),
               N_("FILE"));
    voc_option(entries, "confidence", 0, G_OPTION_ARG_DOUBLE, &settings->theme.confidence,
               N_("assign: leave what is less sure unassigned (0.5); 0 leaves nothing that says anything"),
               N_("P"));
    voc_option(
        entries, "target", 0, G_OPTION_ARG_DOUBLE, &settings->target,
        N_("assign: choose the confidence so that this many percent are unassigned; reads files twice"),
        N_("PERCENT"));
    voc_option(entries, "share", 0, G_OPTION_ARG_NONE, &settings->share,
               N_("assign: say how many messages have no theme (said anyway on a terminal)"), NULL);
    voc_option(entries, "no-bilingual", 0, G_OPTION_ARG_NONE, &settings->theme.one_language,
               N_("Finnish and English words have nothing in common"), NULL);
}

static void
options(void *data, GArray *entries)
{
    VocThemeOptions *settings = data;
    options_assign(settings, entries);
    voc_option(entries, "output", 'o', G_OPTION_ARG_FILENAME, &settings->output,
               N_("Write the themes to FILE"), N_("FILE"));
    voc_option(entries, "clusters", 'k', G_OPTION_ARG_INT, &settings->k,
               N_("discover, split: find N themes (default: as many as the data tell apart)"), N_("N"));
    voc_option(entries, "levels", 0, G_OPTION_ARG_INT, &settings->levels,
               N_("discover: 1 puts no themes under heads (2, where the data have them and -k is not given)"),
               N_("N"));
    voc_option(entries, "seed", 0, G_OPTION_ARG_FILENAME, &settings->seed,
               N_("discover: start from these themes and find what they leave unexplained"), N_("FILE"));
    voc_option(entries, "vectors", 0, G_OPTION_ARG_FILENAME, &settings->vectors,
               N_("discover, split: word vectors that say which words mean the like"), N_("FILE"));
    voc_option(entries, "gold", 'g', G_OPTION_ARG_STRING, &settings->gold,
               N_("learn: the field with the label; several parted by |"), N_("FIELD"));
    voc_option(entries, "least", 0, G_OPTION_ARG_INT, &settings->least,
               N_("update, learn: a theme must have N different messages"), N_("N"));
    voc_option(entries, "sample", 0, G_OPTION_ARG_INT, &settings->sample,
               N_("Look for themes in N different messages at most (100000)"), N_("N"));
    voc_option(entries, "jobs", 'j', G_OPTION_ARG_INT, &settings->jobs, N_("Threads (default: one a core)"),
               N_("N"));
    voc_option(entries, "lang", 0, G_OPTION_ARG_STRING, &settings->lang,
               N_("rename: the language of the name: fi, en or sv"), N_("LANG"));
    voc_option(entries, "undo", 0, G_OPTION_ARG_NONE, &settings->undo, N_("hide, pin, merge: take it back"),
               NULL);
}

gboolean
voc_theme_usage(GError **error, const char *message)
{
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s", message);
    return FALSE;
}

/* Whether records come out. */
static gboolean
is_filter(const VocThemeOptions *settings)
{
    return !settings->command || strcmp(settings->command, "assign") == 0;
}

static VocStage *
stage(void *data, VocContext *context, GError **error)
{
    VocThemeOptions *settings = data;
    if (!is_filter(settings)) {
        voc_theme_usage(error, _("theme: only assign is a stage"));
        return NULL;
    }
    if (settings->theme.confidence <= 0)
        settings->theme.confidence = VOC_ASSIGN_ANY;
    return voc_stage_theme_new(&settings->theme, context, error);
}

static const struct {
    const char *name;
    VocThemeCommand run;
} COMMANDS[] = {
    {"assign", voc_theme_assign}, {"check", voc_theme_check}, {"discover", voc_theme_discover},
    {"hide", voc_theme_hide},     {"learn", voc_theme_learn}, {"merge", voc_theme_merge},
    {"move", voc_theme_move},     {"pin", voc_theme_pin},     {"rename", voc_theme_rename},
    {"show", voc_theme_show},     {"split", voc_theme_split}, {"update", voc_theme_update},
};

/* The command, which may be left out where records are to be assigned. */
static int
take(void *data, char **operands, GError **error)
{
    VocThemeOptions *settings = data;
    (void)error;
    for (guint i = 0; operands[0] && i < G_N_ELEMENTS(COMMANDS); i++)
        if (strcmp(operands[0], COMMANDS[i].name) == 0)
            settings->command = COMMANDS[i].name;
    return settings->command != NULL;
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    VocThemeOptions *settings = data;
    if (settings->k < 0 || settings->k > 1000 || settings->sample < 0 || settings->least < 0 ||
        settings->jobs < 0 || settings->levels < 0 || settings->levels > 2)
        return voc_theme_usage(
            error,
            _("-k takes a number from 1 to 1000, --sample, --least and -j one from 1, --levels 1 or 2"));
    if (settings->theme.confidence <= 0)
        settings->theme.confidence = VOC_ASSIGN_ANY;
    settings->packed = program->packed;
    /* Where standard output is full, the theme file stays as it was. */
    if (program->packed && !voc_output_flush(program->out, error))
        return FALSE;
    for (guint i = 0; settings->command && i < G_N_ELEMENTS(COMMANDS); i++)
        if (strcmp(settings->command, COMMANDS[i].name) == 0)
            return COMMANDS[i].run(program, settings, operands, error);
    /* As in voc run: theme -t FILE is what assigns. */
    if (settings->theme.themes)
        return voc_theme_assign(program, settings, operands, error);
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "", COMMANDS[i].name);
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                operands[0] ? _("no such command; there are %s") : _("which command? %s"), names->str);
    return FALSE;
}

static void
clear(void *data)
{
    VocThemeOptions *settings = data;
    g_free(settings->theme.themes);
    g_free(settings->output);
    g_free(settings->seed);
    g_free(settings->vectors);
    g_free(settings->gold);
    g_free(settings->lang);
}

const VocFilter voc_filter_theme = {
    .name = "theme",
    .summary = N_("Find themes in messages, and tell each message's themes"),
    .operands = N_("COMMAND [FILE...]"),
    .settings_size = sizeof(VocThemeOptions),
    .options = options,
    .take = take,
    .stage = stage,
    .run = run,
    .clear = clear,
};
