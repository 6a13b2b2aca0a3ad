/* Inside the store: its statements, and what adding and forgetting share. */
#ifndef VOC_STORE_PARTS_H
#define VOC_STORE_PARTS_H

#include "store/row.h"
#include "store/store.h"

G_BEGIN_DECLS

typedef enum {
    VOC_DO_INSERT,
    VOC_DO_FIND,
    VOC_DO_IS_ERASED,
    VOC_DO_IS_VERSION,
    VOC_DO_KEEP_VERSION,
    VOC_DO_UPDATE,
    VOC_DO_RECORD,
    VOC_DO_THEME,
    VOC_DO_CUE,
    VOC_DO_RATING,
    VOC_DO_SEARCH,
    VOC_DO_UNSEARCH,
    VOC_DO_GET_RECORD,
    VOC_DO_DROP_RECORD,
    VOC_DO_DROP_THEMES,
    VOC_DO_DROP_CUES,
    VOC_DO_DROP_RATINGS,
    VOC_DO_DROP_VERSIONS,
    VOC_DO_DROP_MESSAGE,
    VOC_DO_ERASE,
    VOC_DO_EMPTY,
    VOC_DO_FIND_MARK,
    VOC_DO_LIST_READING,
    VOC_DO_PUT_READING,
    VOC_DO_GET_SETTING,
    VOC_DO_PUT_SETTING,
    VOC_DO_FIRST_TOUCHED,
    VOC_DO_SETTLE,
    VOC_N_DO,
} VocDo;

struct VocStore {
    VocSql *sql;
    gboolean writes;
    gboolean begun;                     /* inside voc_store_begin() */
    VocStatement *statements[VOC_N_DO]; /* prepared when first used */
    VocJsonReader *reader;              /* of records that come back from the tables */
    VocArena arena;
    VocBuffer padded;
};

/* The statement, ready to be bound; NULL and an error on failure. */
VocStatement *voc_store_do(VocStore *store, VocDo what, GError **error);

/* Runs a statement whose only parameter is a message's key. */
gboolean voc_store_do_key(VocStore *store, VocDo what, gint64 key, GError **error);

/* Reads the message's record into `record`, which lives until the next such call. */
gboolean voc_store_get(VocStore *store, gint64 key, VocRecord *record, GError **error);

/* Takes the words of the message's record out of the index. */
gboolean voc_store_unsearch(VocStore *store, gint64 key, VocRecord *record, GError **error);

G_END_DECLS

#endif
