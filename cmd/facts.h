/* What filters that judge weeks share: their options, and the way from operands to a week's content. */
#ifndef VOC_CMD_FACTS_H
#define VOC_CMD_FACTS_H

#include "report/content.h"
#include "report/phrase.h"
#include "source.h"
#include "table.h"

G_BEGIN_DECLS

typedef struct VocWeekSettings {
    char *period, *kind, *themes;
    int baseline, jobs;
    gboolean json;
    VocReadOptions read;
} VocWeekSettings;

/* Adds the options, which point into `settings` (zeroed before). */
void voc_week_options(VocWeekSettings *settings, GArray *entries);
void voc_week_clear(VocWeekSettings *settings);

/* Reads the operands (exports, records, stores) into facts; what the records lack is worked out on the way.
 */
VocFacts *voc_week_facts(VocProgram *program, const VocWeekSettings *settings, char **operands,
                         GError **error);

/* What the person's environment speaks, as gettext would see it; English when it is neither "fi" nor "en". */
const char *voc_environment_lang(void);

/* Words in `lang` ("fi" or "en"), or without it in the environment's language. */
gboolean voc_week_phrase(VocPhrase *phrase, const char *lang, GError **error);

/* The options of content that the settings say; FALSE and VOC_ERROR_USAGE when they make no sense. */
gboolean voc_week_content_options(const VocWeekSettings *settings, VocContentOptions *options,
                                  GError **error);

/* A cell with a number; empty when it is NaN. */
void voc_week_cell(VocTable *table, double number, int decimals);

/* Adds `"key":number` behind what the object has; null for NaN. */
void voc_week_member(VocBuffer *out, const char *key, double number, int decimals);
void voc_week_member_text(VocBuffer *out, const char *key, const char *text);

G_END_DECLS

#endif
