#include "read/identity.h"

static void
check_name(const char *path, const char *expected)
{
    g_autofree char *name = voc_export_name(path);
    g_assert_cmpstr(name, ==, expected);
}

static void
test_export_names(void)
{
    check_name("exports/Palaute_2026-W47 (1).csv", "palaute");
    check_name("palaute_2026-W48.csv.gz", "palaute");
    check_name("palaute-2026-11-17.csv", "palaute");
    check_name("palaute 17.11.2026.csv", "palaute");
    check_name("palaute_20261117_0915.xlsx", "palaute");
    check_name("palaute-vk47.csv", "palaute");
    check_name("2026-11-17 Kysely.csv", "kysely");
    check_name("2026.csv", "export");
    check_name("myymala_1.csv", "myymala_1");
    check_name("myymala_2.csv", "myymala_2");
    check_name("nps-10.csv", "nps-10");
    check_name("nhs-friends-and-family.csv", "nhs-friends-and-family");
    check_name("-", "export");
    check_name("ASIAKASTYYTYV\303\204ISYYS.csv", "asiakastyytyv\303\244isyys");
}

/* Expected values: `openssl mac -macopt hexkey:d308a385886a3f24447370032e8a1913 -macopt size:16 SIPHASH`
 * (OpenSSL 3). */
static void
check_hash(const char *text, const char *expected)
{
    g_autoptr(GString) got = g_string_new(NULL);
    VocHash hash;
    guint64 result[2];

    voc_hash_init(&hash);
    voc_hash_add(&hash, voc_slice_from_string(text));
    voc_hash_end(&hash, result);
    for (int i = 0; i < 16; i++)
        g_string_append_printf(got, "%02X", (guint)(result[i / 8] >> (8 * (i % 8)) & 0xff));
    g_assert_cmpstr(got->str, ==, expected);
}

static void
test_hash(void)
{
    check_hash("", "BA1E69AAA65F47D62E64659D4F295F8A");
    check_hash("a", "F84271D199053391646EAADC3F6238B7");
    check_hash("asiakas 12345678", "01123D3864DE610E022B78812EEA3E6D");
}

static void
test_hash_pieces(void)
{
    char bytes[64];
    guint64 whole[2], cut[2];
    VocHash hash;

    for (int i = 0; i < 64; i++)
        bytes[i] = (char)(i * 7);
    for (gsize len = 0; len <= 64; len++) {
        voc_hash_init(&hash);
        voc_hash_add(&hash, voc_slice_of(bytes, len));
        voc_hash_end(&hash, whole);
        for (gsize at = 0; at <= len; at++) {
            voc_hash_init(&hash);
            voc_hash_add(&hash, voc_slice_of(bytes, at));
            voc_hash_add(&hash, voc_slice_of(bytes + at, len - at));
            voc_hash_end(&hash, cut);
            g_assert_true(cut[0] == whole[0] && cut[1] == whole[1]);
        }
    }
}

static char *
hashed_id(VocIdentity *identity, const char *a, const char *b)
{
    g_auto(VocBuffer) id = VOC_BUFFER_INIT;
    VocSlice parts[] = {voc_slice_from_string(a), voc_slice_from_string(b)};

    voc_identity_add_hashed(identity, parts, 2, &id);
    return g_strdup(voc_buffer_string(&id));
}

static void
test_hashed_ids(void)
{
    g_autoptr(VocIdentity) one = voc_identity_new("kysely"), again = voc_identity_new("kysely"),
                           other = voc_identity_new("muu");
    g_autofree char *a = hashed_id(one, "ab", "c"), *b = hashed_id(one, "a", "bc"),
                    *same = hashed_id(again, "ab", "c"), *elsewhere = hashed_id(other, "ab", "c"),
                    *second = hashed_id(one, "ab", "c"), *third = hashed_id(one, "ab", "c");
    g_autofree char *expected_second = g_strconcat(a, "~2", NULL),
                    *expected_third = g_strconcat(a, "~3", NULL);

    g_assert_cmpuint(strlen(a), ==, 24);
    g_assert_cmpstr(a, !=, b);
    g_assert_cmpstr(a, ==, same);
    g_assert_cmpstr(a, !=, elsewhere);
    g_assert_cmpstr(second, ==, expected_second);
    g_assert_cmpstr(third, ==, expected_third);
}

static void
check_own(VocIdentity *identity, const char *own, const char *expected)
{
    g_auto(VocBuffer) id = VOC_BUFFER_INIT;

    voc_identity_add_own(identity, voc_slice_from_string(own), &id);
    g_assert_cmpstr(voc_buffer_string(&id), ==, expected);
}

static void
test_own_ids(void)
{
    g_autoptr(VocIdentity) identity = voc_identity_new("kysely");

    check_own(identity, "17", "kysely:17");
    check_own(identity, "17", "kysely:17~2");
    check_own(identity, "570306133677760513", "570306133677760513");
    check_own(identity, "570306133677760513", "570306133677760513~2");
}

/* Half a million different messages: hardly one is taken for a second. */
static void
test_false_repeats(void)
{
    g_autoptr(VocIdentity) identity = voc_identity_new("x");
    g_auto(VocBuffer) id = VOC_BUFFER_INIT;
    int repeats = 0;

    for (int i = 0; i < 500000; i++) {
        VocSlice part = {(const char *)&i, sizeof i};

        voc_buffer_reset(&id);
        voc_identity_add_hashed(identity, &part, 1, &id);
        repeats += id.len != 24;
    }
    g_assert_cmpint(repeats, <, 3);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/identity/export-names", test_export_names);
    g_test_add_func("/identity/hash", test_hash);
    g_test_add_func("/identity/hash-pieces", test_hash_pieces);
    g_test_add_func("/identity/hashed-ids", test_hashed_ids);
    g_test_add_func("/identity/own-ids", test_own_ids);
    g_test_add_func("/identity/false-repeats", test_false_repeats);
    return g_test_run();
}
