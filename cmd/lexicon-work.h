/* What voc lexicon does, one function a word. */
#ifndef VOC_CMD_LEXICON_WORK_H
#define VOC_CMD_LEXICON_WORK_H

#include "filter.h"

G_BEGIN_DECLS

typedef struct VocLexiconSettings {
    char *output;
    char *gold, *negative, *positive, *by;
    char *lang;
    gboolean afresh;
    char *calibration;
    char *strength;
    int min_count;
    char **lexicons;
    gboolean only;
    char *colour;
} VocLexiconSettings;

typedef gboolean VocLexiconWork(VocProgram *program, const VocLexiconSettings *settings, char **operands,
                                GError **error);

VocLexiconWork voc_lexicon_work_check;
VocLexiconWork voc_lexicon_work_learn;
VocLexiconWork voc_lexicon_work_explain;

/* The language that --lang names, one that has a lexicon. */
gboolean voc_lexicon_option_lang(const char *given, VocLang *lang, GError **error);

G_END_DECLS

#endif
