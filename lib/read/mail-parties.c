#include "read/mail-parties.h"

#include <string.h>

#define MAX_ADDRESSES 4096

struct VocMailParties {
    GHashTable *addresses; /* char * -> guint64 *: mails it is on */
    guint64 n_mails;
};

gboolean
voc_mail_is_own(char *const *own, const char *address)
{
    for (; own && *own; own++) {
        g_autofree char *small = g_utf8_strdown(*own, -1);

        if (*small == '@' ? g_str_has_suffix(address, small) : strcmp(address, small) == 0)
            return TRUE;
    }
    return FALSE;
}

VocMailParties *
voc_mail_parties_new(void)
{
    VocMailParties *parties = g_new0(VocMailParties, 1);

    parties->addresses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return parties;
}

void
voc_mail_parties_free(VocMailParties *parties)
{
    if (!parties)
        return;
    g_hash_table_destroy(parties->addresses);
    g_free(parties);
}

void
voc_mail_parties_add_mail(VocMailParties *parties)
{
    parties->n_mails++;
}

void
voc_mail_parties_add(VocMailParties *parties, const char *address)
{
    guint64 *n = g_hash_table_lookup(parties->addresses, address);

    if (n) {
        ++*n;
    } else if (*address && g_hash_table_size(parties->addresses) < MAX_ADDRESSES) {
        n = g_new(guint64, 1);
        *n = 1;
        g_hash_table_insert(parties->addresses, g_strdup(address), n);
    }
}

const char *
voc_mail_parties_likely_own(const VocMailParties *parties, double *share)
{
    GHashTableIter iter;
    gpointer address, count;
    const char *best = NULL;
    guint64 most = 0;

    g_hash_table_iter_init(&iter, parties->addresses);
    while (g_hash_table_iter_next(&iter, &address, &count)) {
        guint64 n = *(guint64 *)count;

        if (n > most || (n == most && best && strcmp(address, best) < 0)) {
            most = n;
            best = address;
        }
    }
    *share = parties->n_mails ? (double)most / (double)parties->n_mails : 0;
    return best;
}
