/* Slack's way of writing text, made plain, and who is who in an export. */
#ifndef VOC_READ_SLACK_TEXT_H
#define VOC_READ_SLACK_TEXT_H

#include "base/buffer.h"
#include "io/json.h"
#include "read/export.h"

G_BEGIN_DECLS

typedef struct VocSlackUser {
    char *name;
    gboolean bot;
    gboolean outside; /* a guest, or of another house */
} VocSlackUser;

typedef struct VocSlackPlace {
    char *id;
    char *name;
    gboolean direct; /* between few, without a name of its own */
} VocSlackPlace;

/* What a workspace's export says of its users and channels. */
typedef struct VocSlackNames {
    GHashTable *users;    /* id to VocSlackUser */
    GHashTable *channels; /* folder's name and id, both, to VocSlackPlace */
    gboolean outsiders;   /* anybody is outside */
    gboolean loaded;
} VocSlackNames;

VocSlackNames *voc_slack_names_new(void);
void voc_slack_names_free(VocSlackNames *names);

/* Reads users.json, channels.json, groups.json, dms.json and mpims.json of the folder above the export's;
 * what is missing or broken is left out. */
void voc_slack_names_load(VocSlackNames *names, VocExport *export, VocJsonReader *json);

const VocSlackUser *voc_slack_user(const VocSlackNames *names, VocSlice id);
const VocSlackPlace *voc_slack_place(const VocSlackNames *names, const char *folder);

/* Adds `text` as it is read: mentions by their names, links by their words, &lt; &gt; &amp; as characters. */
void voc_slack_plain(const VocSlackNames *names, VocSlice text, VocBuffer *out);

/* Adds the words of a message's blocks (for one that has no text). */
void voc_slack_blocks(const VocSlackNames *names, const VocJson *blocks, VocBuffer *out);

G_END_DECLS

#endif
