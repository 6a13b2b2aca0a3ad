/* Themes found in a corpus, described as a theme file. */
#ifndef VOC_THEME_DISCOVER_H
#define VOC_THEME_DISCOVER_H

#include "theme/corpus.h"
#include "theme/themes.h"

G_BEGIN_DECLS

typedef struct VocDiscoverSettings {
    guint k;      /* how many; 0: chosen from the data */
    guint quotes; /* a theme; 0: three */
} VocDiscoverSettings;

/* Finds themes in `corpus`, which must be finished. The same texts, in any order, give the same file. NULL
 * and an error (VOC_ERROR_INPUT) when there is nothing to find any in. */
VocThemes *voc_discover(const VocCorpus *corpus, const VocDiscoverSettings *settings, GError **error);

G_END_DECLS

#endif
