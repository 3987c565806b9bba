# One set of flags for everything.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()

add_compile_definitions(_GNU_SOURCE MTC_VERSION="${PROJECT_VERSION}")
add_compile_options(-Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wvla
                    -ffp-contract=off -fno-strict-aliasing)
if(MTCHECK_WERROR)
    add_compile_options(-Werror)
endif()
if(MTCHECK_ARENA_MALLOC)
    add_compile_definitions(MTC_ARENA_MALLOC)
endif()
if(MTCHECK_SANITIZE)
    add_compile_options(-fsanitize=${MTCHECK_SANITIZE} -fno-omit-frame-pointer
                        -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${MTCHECK_SANITIZE})
    add_compile_definitions(MTC_SANITIZED)
elseif(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
    # Hardening as Debian does it.
    add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
                        -fstack-clash-protection -fcf-protection)
    add_link_options(-Wl,-z,relro -Wl,-z,now)
endif()

include(CheckPIESupported)
check_pie_supported()
include(CheckIPOSupported)
check_ipo_supported(RESULT MTCHECK_HAS_LTO OUTPUT ignored LANGUAGES C)
