set(MTCHECK_DATA_INSTALL ${CMAKE_INSTALL_DATADIR}/mtcheck)
install(DIRECTORY rules dicts models DESTINATION ${MTCHECK_DATA_INSTALL})
install(DIRECTORY include/mtcheck DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR})

# Files that name the prefix are written at the installation: `cmake --install --prefix`
# may choose another one than the configuration did. A copy lies in the build tree.
function(install_with_prefix template file destination)
    set(variables "")
    foreach(name PROJECT_VERSION PROJECT_DESCRIPTION CMAKE_INSTALL_SBINDIR CMAKE_INSTALL_LIBDIR
            CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_DATADIR CMAKE_INSTALL_DOCDIR)
        string(APPEND variables "set(${name} \"${${name}}\")\n")
    endforeach()
    install(CODE "${variables}
        configure_file(\"${CMAKE_SOURCE_DIR}/${template}\"
                       \"${CMAKE_BINARY_DIR}/installed/${file}\" @ONLY)
        file(INSTALL \"${CMAKE_BINARY_DIR}/installed/${file}\"
             DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${destination}\")")
    configure_file(${CMAKE_SOURCE_DIR}/${template} ${CMAKE_BINARY_DIR}/installed/${file} @ONLY)
endfunction()

install_with_prefix(cmake/libmtcheck.pc.in libmtcheck.pc ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install_with_prefix(systemd/mtcheckd.service.in mtcheckd.service lib/systemd/system)
install(FILES systemd/mtcheckd.sysusers DESTINATION lib/sysusers.d RENAME mtcheckd.conf)
install(FILES systemd/mtcheckd.yaml systemd/loopback-tcp.conf
        DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
