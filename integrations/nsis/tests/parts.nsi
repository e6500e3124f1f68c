; Not a setup: writes into found.txt why there was no answer, and what is read out of a file of verdicts.
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
  !insertmacro Find a.b
  !insertmacro Find A.B
  !insertmacro Find a
  !insertmacro Find denied
  !insertmacro Find unknown
  !insertmacro Find twice
  !insertmacro Find last
  !insertmacro Find COMPONENT
  !insertmacro Find ""
  FileClose $9
  SetErrorLevel 0
  Quit
FunctionEnd
