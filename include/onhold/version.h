/* The version of the library in use. */
#ifndef ONHOLD_VERSION_H
#define ONHOLD_VERSION_H

#if defined(__GNUC__)
#define ONHOLD_API __attribute__((visibility("default")))
#else
#define ONHOLD_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

ONHOLD_API const char *onhold_version(void); /* "0.1.0"; static */

#ifdef __cplusplus
}
#endif

#endif
