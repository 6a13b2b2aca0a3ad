/* voc eval: how right the filters are, against labels that people gave. */
#include "eval.h"

static void
options(void *data, GArray *entries)
{
    VocEvalSettings *settings = data;
    voc_option(entries, "gold", 'g', G_OPTION_ARG_STRING, &settings->gold,
               N_("The field that holds the gold label, as in fields.theme; several parted by |"),
               N_("FIELD"));
    voc_option(entries, "themes", 't', G_OPTION_ARG_FILENAME, &settings->themes,
               N_("themes: tell too how well the words of this theme file go together"), N_("FILE"));
    voc_option(entries, "map", 'm', G_OPTION_ARG_FILENAME, &settings->map,
               N_("themes: a table of theme ids and the gold labels they stand for"), N_("FILE"));
    voc_option(entries, "negative", 0, G_OPTION_ARG_STRING, &settings->negative,
               N_("sentiment: gold ratings up to this are negative"), N_("NUMBER"));
    voc_option(entries, "positive", 0, G_OPTION_ARG_STRING, &settings->positive,
               N_("sentiment: gold ratings from this are positive"), N_("NUMBER"));
    voc_option(entries, "by", 'b', G_OPTION_ARG_STRING, &settings->by,
               N_("sentiment: the figures for each value of this field too"), N_("FIELD"));
    voc_option(entries, "worst", 'w', G_OPTION_ARG_INT, &settings->worst,
               N_("sentiment: show the worst mistakes and what made them"), N_("N"));
    voc_option(entries, "other", 0, G_OPTION_ARG_STRING, &settings->other,
               N_("cues: the field with the labels of a second reader; tells how far the two agree"),
               N_("FIELD"));
    voc_option(entries, "json", 0, G_OPTION_ARG_NONE, &settings->json, N_("Write JSON"), NULL);
}

typedef struct Command {
    const char *name;
    gboolean (*run)(VocProgram *program, VocEvalSettings *settings, char **operands, GError **error);
} Command;

static const Command COMMANDS[] = {
    {"cues", voc_eval_cues},
    {"sentiment", voc_eval_sentiment},
    {"themes", voc_eval_themes},
};

static gboolean
run(VocProgram *program, void *settings, char **operands, GError **error)
{
    for (guint i = 0; operands[0] && i < G_N_ELEMENTS(COMMANDS); i++)
        if (strcmp(operands[0], COMMANDS[i].name) == 0)
            return COMMANDS[i].run(program, settings, operands + 1, error);
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s",
                _("what is to be evaluated? cues, sentiment or themes"));
    return FALSE;
}

static void
clear(void *data)
{
    VocEvalSettings *settings = data;
    g_free(settings->gold);
    g_free(settings->themes);
    g_free(settings->map);
    g_free(settings->negative);
    g_free(settings->positive);
    g_free(settings->by);
    g_free(settings->other);
}

const VocFilter voc_filter_eval = {
    .name = "eval",
    .summary = N_("Tell how right cues, sentiment and themes are, against labels that people gave"),
    .operands = N_("cues|sentiment|themes [FILE...]"),
    .settings_size = sizeof(VocEvalSettings),
    .options = options,
    .run = run,
    .clear = clear,
};
