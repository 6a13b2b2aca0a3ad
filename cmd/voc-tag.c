/* voc tag: what each message asks for or signals. */
#include "filter.h"
#include "stage/tag.h"

static void
options(void *data, GArray *entries)
{
    VocTagSettings *settings = data;
    voc_option(entries, "cues", 'c', G_OPTION_ARG_FILENAME_ARRAY, &settings->cues,
               N_("Add a list of patterns: cue, kind, pattern in columns"), N_("FILE"));
    voc_option(entries, "only", 0, G_OPTION_ARG_NONE, &settings->only,
               N_("Use the given lists, without the shipped ones"), NULL);
    voc_option(entries, "all-roles", 0, G_OPTION_ARG_NONE, &settings->all_roles,
               N_("Tag what agents, bots and systems say too"), NULL);
}

static VocStage *
stage(void *data, VocContext *context, GError **error)
{
    return voc_stage_tag_new(data, context, error);
}

static void
clear(void *data)
{
    VocTagSettings *settings = data;
    g_strfreev(settings->cues);
}

const VocFilter voc_filter_tag = {
    .name = "tag",
    .summary = N_("Find what each message asks for or signals: demand, effort, urgency, churn, wishes"),
    .settings_size = sizeof(VocTagSettings),
    .options = options,
    .stage = stage,
    .clear = clear,
};
