/* A glossary: Finnish base forms and their English translations, so that one theme can have messages in both
 * languages. Columns parted by tabs: Finnish, English alternatives parted by |, the commonest first. */
#ifndef VOC_THEME_GLOSSARY_H
#define VOC_THEME_GLOSSARY_H

#include "text/words.h"

G_BEGIN_DECLS

typedef struct VocGlossary VocGlossary;

/* `words` brings both sides to the form in which texts are, and is not needed afterwards. NULL and an error
 * when the file is missing or broken. */
VocGlossary *voc_glossary_load(const char *path, VocWords *words, GError **error);
void voc_glossary_free(VocGlossary *glossary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocGlossary, voc_glossary_free)

guint voc_glossary_size(const VocGlossary *glossary);

/* The translations of a base form or stem: arrays of words (char *), one an alternative; NULL when there is
 * none. Lives as long as the glossary. */
const GPtrArray *voc_glossary_english(const VocGlossary *glossary, const char *finnish);
const GPtrArray *voc_glossary_finnish(const VocGlossary *glossary, const char *english);

/* The parts of a compound that is not in the glossary itself, when all of them are (lasku, virhe for
 * laskuvirhe; an n, a hyphen or nothing between): strings into `parts`, at most 3, and how many. 0 when it
 * has none. Free the strings. */
guint voc_glossary_split(const VocGlossary *glossary, const char *finnish, char *parts[3]);

G_END_DECLS

#endif
