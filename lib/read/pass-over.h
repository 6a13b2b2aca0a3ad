/* What lies in folders beside the exports. */
#ifndef VOC_READ_PASS_OVER_H
#define VOC_READ_PASS_OVER_H

#include <glib.h>

G_BEGIN_DECLS

/* Whether a file or folder found in `folder` is passed over without a word, by its name alone: hidden ones
 * (but the folders of a Maildir), what is written about exports (README, LICENSE, SOURCE, *.md), what hangs
 * on them (pictures, sounds, films, documents, contacts), indexes of mail programs, a Maildir's tmp. A path
 * that a user gives is never passed over. */
gboolean voc_pass_over(const char *folder, const char *name, gboolean is_folder);

/* The same of a file in an archive, by its name there and that of the folders it is in. */
gboolean voc_pass_over_packed(const char *name);

/* Whether `folder` is a Maildir or one of its folders: it has cur and new. */
gboolean voc_is_maildir(const char *folder);

G_END_DECLS

#endif
