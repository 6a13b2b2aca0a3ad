/* Filters by their names, and stages from the words of voc run. */
#include "filter.h"
#include "options.h"

const VocFilter *
voc_filter_find(const char *name)
{
    for (const VocFilter *const *filter = voc_filters; *filter; filter++)
        if (strcmp((*filter)->name, name) == 0)
            return *filter;
    return NULL;
}

VocStage *
voc_filter_stage(const char *command, VocContext *context, GError **error)
{
    g_auto(GStrv) words = NULL;
    g_autoptr(GError) problem = NULL;
    if (!g_shell_parse_argv(command, NULL, &words, &problem)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("empty or broken stage: %s"), problem->message);
        return NULL;
    }
    const VocFilter *filter = voc_filter_find(words[0]);
    if (!filter || !filter->stage) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("'%s' is not a stage"), words[0]);
        return NULL;
    }
    g_autofree void *settings = g_malloc0(MAX(filter->settings_size, 1));
    VocStage *stage = NULL;
    if (voc_options_parse_stage(filter, settings, words, error))
        stage = filter->stage(settings, context, error);
    if (filter->clear)
        filter->clear(settings);
    return stage;
}
