/* Building JSON with commas in their places. */
#ifndef VOC_REPORT_JSON_BUILD_H
#define VOC_REPORT_JSON_BUILD_H

#include "base/buffer.h"

G_BEGIN_DECLS

typedef struct VocJsonBuild {
    VocBuffer *out;
    gboolean comma; /* the next value needs one before it */
    int depth;
} VocJsonBuild;

/* `key` is NULL inside an array and at the top. `open` is '{' or '['; voc_json_close() takes the matching
 * one. */
void voc_json_open(VocJsonBuild *build, const char *key, char open);
void voc_json_close(VocJsonBuild *build, char close);
void voc_json_string(VocJsonBuild *build, const char *key, const char *value);
void voc_json_int(VocJsonBuild *build, const char *key, gint64 value);
void voc_json_real(VocJsonBuild *build, const char *key, double value); /* six decimals; not finite: null */
void voc_json_bool(VocJsonBuild *build, const char *key, gboolean value);

G_END_DECLS

#endif
