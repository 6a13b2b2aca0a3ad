/* Checksums and forms of the numbers that name a person, account or company. Each function looks at `text`,
 * which a pattern has found, and returns how many of its bytes are the number (a pattern may have taken too
 * much), 0 when it is none. */
#ifndef VOC_TEXT_CHECKS_H
#define VOC_TEXT_CHECKS_H

#include "base/slice.h"

G_BEGIN_DECLS

/* A Finnish personal identity code: a real date, one of the signs of its century (+ 1800s; - U V W X Y 1900s;
 * A B C D E F 2000s: decree 128/2010 as changed by 690/2022), a number from 002, the check character
 * (remainder of 31). */
gsize voc_check_hetu(VocSlice text);

/* An IBAN: as long as its country's are, ISO 7064 mod 97-10. */
gsize voc_check_iban(VocSlice text);

/* A payment card: an issuer's first digits and length, Luhn (ISO/IEC 7812). */
gsize voc_check_card(VocSlice text);

/* A Finnish business id (1234567-1, FI12345671): weights 7 9 10 5 8 4 2, remainder of 11. */
gsize voc_check_business(VocSlice text);

/* A Finnish number with its 0 (041 234 5678): a prefix in use, as many digits as such numbers have. */
gsize voc_check_phone_fi(VocSlice text);

/* A number with its country code (+46 70 123 45 67, 0046...): a code in use (ITU-T E.164), 9 to 15 digits, 8
 * for small countries; +358 as voc_check_phone_fi(). */
gsize voc_check_phone(VocSlice text);

/* A web address that holds a secret: a query with a token or address, a part that looks drawn by lot, a
 * password. Marks at the end that belong to the sentence are left out. */
gsize voc_check_secret_url(VocSlice text);

/* An e-mail address without the marks that end a sentence. */
gsize voc_check_email(VocSlice text);

/* The digits of `text` as a string in `digits`, which has room for `room` bytes with the NUL; how many there
 * are in all. */
gsize voc_collect_digits(VocSlice text, char *digits, gsize room);

G_END_DECLS

#endif
