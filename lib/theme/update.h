/* A week's texts against the themes of the weeks before: what they leave unexplained, and which of them
 * drift. */
#ifndef VOC_THEME_UPDATE_H
#define VOC_THEME_UPDATE_H

#include "theme/corpus.h"
#include "theme/themes.h"

G_BEGIN_DECLS

/* A theme in whose messages a word has become common that is none of its own. */
typedef struct VocDrift {
    const VocTheme *theme;
    char *word;
    guint with, of; /* different texts with the word, of the theme's */
} VocDrift;

typedef struct VocUpdate {
    guint added;       /* themes, at the end of the file */
    guint texts;       /* different ones */
    guint unexplained; /* of these, without a theme */
    GArray *drifts;    /* VocDrift: by theme, the commonest word first */
} VocUpdate;

void voc_update_clear(VocUpdate *update);

/* Adds to `themes` what the texts without a label (the id of their first theme) have in common, as new
 * themes; a theme must have `least` different texts (0: five, or one in fifty of all texts if that is more).
 * The themes there are stay as they are. `corpus` must be finished; `words` brings the rules' words to their
 * base forms. */
void voc_themes_update(VocThemes *themes, const VocCorpus *corpus, guint least, VocWords *words,
                       VocUpdate *out);

G_END_DECLS

#endif
