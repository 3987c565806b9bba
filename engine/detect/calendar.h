/* calendar.h: the Gregorian calendar, as far as a news article needs it. */
#ifndef MTC_DETECT_CALENDAR_H
#define MTC_DETECT_CALENDAR_H

#include <stdbool.h>

/* Weekdays are judged only within these years. */
enum { MTC_CALENDAR_FIRST_YEAR = 1900, MTC_CALENDAR_LAST_YEAR = 2100 };

static inline bool mtc_calendar_has_year(unsigned year) {
    return year >= MTC_CALENDAR_FIRST_YEAR && year <= MTC_CALENDAR_LAST_YEAR;
}

static inline bool mtc_calendar_is_leap(unsigned year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days of a month (1 to 12); year 0: unknown, February may then have 29. */
static inline unsigned mtc_calendar_days(unsigned month, unsigned year) {
    static const unsigned char DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month == 2 && (year == 0 || mtc_calendar_is_leap(year))) return 29;
    return DAYS[(month - 1) % 12];
}

/* 1 (Monday) to 7 of a date after 1582 (Tomohiko Sakamoto's method). */
static inline unsigned mtc_calendar_weekday(unsigned year, unsigned month, unsigned day) {
    static const unsigned char SHIFT[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    const unsigned y = month < 3 ? year - 1 : year;
    const unsigned from_sunday =
        (y + y / 4 - y / 100 + y / 400 + SHIFT[(month - 1) % 12] + day) % 7;
    return from_sunday == 0 ? 7 : from_sunday;
}

#endif
