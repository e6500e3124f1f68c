; Not a setup: writes into found.txt why there was no answer, and what is read out of files of verdicts.
Unicode true
Target amd64-unicode
Name "parts"
OutFile "${OUTFILE}"
RequestExecutionLevel user
!define QLS_CONSUMERS "example/consumers.json"
!define QLS_HIDE
!define QLS_OPTIONS "--server http://127.0.0.1:1"
!include qls-licenses.nsh

Section
SectionEnd

!macro Find component
  !insertmacro QlsFind "${component}"
  FileWrite $9 "${component}: $QlsFound$\n"
!macroend

; $7 verdicts, of which the file has rows of 40 letters with the sign and the line's end.
Function Many
  FileOpen $8 "$PLUGINSDIR\verdicts.txt" w
  FileWrite $8 "COMPONENT  CONSUMER  VERDICT$\r$\n"
  ${For} $6 1 $7
    IntOp $5 $6 + 99
    FileWrite $8 "component.with.a.name.of.38.letters$5  c  allowed$\r$\n"
  ${Next}
  FileClose $8
  Call QlsKeepVerdicts
FunctionEnd

Function .onInit
  ${QlsAsk}
  FileOpen $9 "$EXEDIR\found.txt" w
  FileWrite $9 "$QlsReason"
  !insertmacro Find a.b
  FileOpen $8 "$PLUGINSDIR\verdicts.txt" w
  FileWrite $8 "COMPONENT  CONSUMER  VERDICT$\r$\n"
  FileWrite $8 "a.b        c         allowed$\r$\n"
  FileWrite $8 "denied     c         denied$\n"
  FileWrite $8 "unknown    c         unknown$\n"
  FileWrite $8 "twice      c         allowed$\n"
  FileWrite $8 "twice      d         denied$\n"
  FileWrite $8 "twice      e         allowed$\n"
  FileWrite $8 "a b        c         allowed$\n"
  FileWrite $8 "last c allowed"
  FileClose $8
  Call QlsKeepVerdicts
  ; From here on the file means nothing.
  FileOpen $8 "$PLUGINSDIR\verdicts.txt" w
  FileWrite $8 "COMPONENT  CONSUMER  VERDICT$\r$\n"
  FileWrite $8 "denied     c         allowed$\r$\n"
  FileClose $8
  !insertmacro Find a.b
  !insertmacro Find A.B
  !insertmacro Find a
  !insertmacro Find denied
  !insertmacro Find unknown
  !insertmacro Find twice
  !insertmacro Find last
  !insertmacro Find COMPONENT
  !insertmacro Find ""

  ; As many as there is room for, in texts of this length, and more.
  IntOp $7 8 * ${NSIS_MAX_STRLEN}
  IntOp $7 $7 / 40
  IntOp $7 $7 - 8
  Call Many
  !insertmacro Find component.with.a.name.of.38.letters100
  !insertmacro Find component.with.a.name.of.38.letters1
  IntOp $7 $7 + 16
  Call Many
  FileWrite $9 "$QlsReason$\n"
  !insertmacro Find component.with.a.name.of.38.letters100

  FileOpen $8 "$PLUGINSDIR\verdicts.txt" w
  FileWrite $8 "COMPONENT  CONSUMER  VERDICT$\r$\n"
  StrCpy $6 "a.b      "
  ${For} $5 1 ${NSIS_MAX_STRLEN}
    FileWrite $8 "$6"
    StrCpy $6 " "
  ${Next}
  FileWrite $8 "c  allowed$\r$\n"
  FileClose $8
  Call QlsKeepVerdicts
  FileWrite $9 "$QlsReason$\n"
  !insertmacro Find a.b

  Delete "$PLUGINSDIR\verdicts.txt"
  FileOpen $8 "$PLUGINSDIR\reason.txt" w
  FileClose $8
  Call QlsKeepVerdicts
  FileWrite $9 "$QlsReason$\n"
  FileClose $9
  SetErrorLevel 0
  Quit
FunctionEnd
