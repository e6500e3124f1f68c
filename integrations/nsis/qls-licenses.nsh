; Asks a Qt License Server, once, which components a setup may install. For NSIS 3, without plug-ins; the README has an
; example. Define before it is included:
;
;   QLS_PROGRAM     the program qls-precheck.exe, on the machine that makes the setup
;   QLS_CONSUMERS   the list of what is asked about, JSON; ids in it have no blanks
;   QLS_OPTIONS     options of the program, such as '--server https://licenses.example.com'; may be left out
;   QLS_TIMEOUT     seconds; 15 where it is left out
;   QLS_HIDE        if defined: without an answer the setup goes on, and leaves out what needs a license
;
; Before an answer, and without one, nothing is allowed.

!ifndef QLS_LICENSES_INCLUDED
!define QLS_LICENSES_INCLUDED

!include LogicLib.nsh
!include FileFunc.nsh
!include Sections.nsh

!ifndef QLS_OPTIONS
  !define QLS_OPTIONS ""
!endif
!ifndef QLS_TIMEOUT
  !define QLS_TIMEOUT 15
!endif

Var QlsFound
Var QlsReason

; The verdicts, in this process's own memory: the file that the program has written could be changed before the sections
; look at them. NSIS has no lists, and a text of it has less than NSIS_MAX_STRLEN characters, so there are several. In each
; "+component" is a row that allows, and "-component" any other, with line ends around them.
!macro QlsEachList do
  !insertmacro ${do} $QlsVerdicts1
  !insertmacro ${do} $QlsVerdicts2
  !insertmacro ${do} $QlsVerdicts3
  !insertmacro ${do} $QlsVerdicts4
  !insertmacro ${do} $QlsVerdicts5
  !insertmacro ${do} $QlsVerdicts6
  !insertmacro ${do} $QlsVerdicts7
  !insertmacro ${do} $QlsVerdicts8
!macroend
Var QlsVerdicts1
Var QlsVerdicts2
Var QlsVerdicts3
Var QlsVerdicts4
Var QlsVerdicts5
Var QlsVerdicts6
Var QlsVerdicts7
Var QlsVerdicts8

; ${QlsAsk}, in .onInit: asks, and waits for the answer. Where there is none it says why, offers to try again, and ends the
; setup with 3, unless QLS_HIDE is defined. A silent setup (/S) does not ask back. The user may name a file with the token
; by the argument /TOKENFILE=.
!define QlsAsk "Call QlsAsk"

; ${QlsSection} SECTION COMPONENT TITLE, in .onInit after ${QlsAsk}: takes a section that is not allowed out of the choice,
; and says so behind its title.
!define QlsSection "!insertmacro QlsSection"

; ${QlsRequire} COMPONENT TITLE, as the first in a section: leaves the section if it is not allowed. Installation types and
; other code can choose a section that was taken out of the choice.
!define QlsRequire "!insertmacro QlsRequire"

!macro QlsFind component
  Push "${component}"
  Call QlsVerdict
  Pop $QlsFound
!macroend

!macro QlsSection section component title
  !insertmacro QlsFind "${component}"
  ${If} $QlsFound == "denied"
    SectionSetFlags ${section} ${SF_RO}
    SectionSetText ${section} "${title} (not covered by your license)"
  ${ElseIf} $QlsFound != "allowed"
    SectionSetFlags ${section} ${SF_RO}
    SectionSetText ${section} "${title} (its license could not be checked)"
  ${EndIf}
!macroend

!macro QlsRequire component title
  !insertmacro QlsFind "${component}"
  ${If} $QlsFound != "allowed"
    DetailPrint "${title} is left out: your license does not cover it, or it could not be checked."
    Return
  ${EndIf}
!macroend

Function QlsAsk
  Push $0
  Push $1
  ; NSIS removes this folder when the setup ends.
  InitPluginsDir
  File "/oname=$PLUGINSDIR\qls-precheck.exe" "${QLS_PROGRAM}"
  File "/oname=$PLUGINSDIR\consumers.json" "${QLS_CONSUMERS}"
  ${GetParameters} $0
  Call QlsTokenFile
  ${Do}
    ; cmd keeps what the program says about a failure. The window of both is hidden.
    ClearErrors
    ExecShellWait "open" "$SYSDIR\cmd.exe" '/d /v:off /s /c ""$PLUGINSDIR\qls-precheck.exe" check "$PLUGINSDIR\consumers.json" --quiet --no-environment --timeout ${QLS_TIMEOUT} ${QLS_OPTIONS} $1 --output "$PLUGINSDIR\verdicts.txt" < NUL 2> "$PLUGINSDIR\reason.txt""' SW_HIDE
    Call QlsKeepVerdicts
    ${If} $QlsReason == ""
      ${ExitDo}
    ${EndIf}
    !ifdef QLS_HIDE
      MessageBox MB_OK|MB_ICONEXCLAMATION "Your licenses could not be checked:$\n$\n$QlsReason$\n$\nWhat needs a license is left out." /SD IDOK
      ${ExitDo}
    !else
      MessageBox MB_RETRYCANCEL|MB_ICONSTOP "Your licenses could not be checked:$\n$\n$QlsReason$\n$\nNothing is installed." /SD IDCANCEL IDRETRY again
      SetErrorLevel 3
      Quit
      again:
    !endif
  ${Loop}
  Pop $1
  Pop $0
FunctionEnd

; Makes of "/TOKENFILE=name" in the arguments $0 the program's option in $1. ${GetOptions} would end the name at a "/". A
; name that would end its quotes, or mean something to cmd, ends the setup.
Function QlsTokenFile
  Push $2
  Push $3
  ; What the name ends with: a quote where one is in front of the whole argument, or of the name.
  StrCpy $3 " "
  StrCpy $1 ""
  ${Do}
    StrCpy $2 $0 11
    ${If} $2 == ""
    ${OrIf} $2 == "/TOKENFILE="
      ${ExitDo}
    ${EndIf}
    StrCpy $3 " "
    StrCpy $2 $0 1
    ${If} $2 == '"'
      StrCpy $3 '"'
    ${EndIf}
    StrCpy $0 $0 "" 1
  ${Loop}
  ${If} $2 != ""
    StrCpy $0 $0 "" 11
    StrCpy $2 $0 1
    ${If} $2 == '"'
      StrCpy $3 '"'
      StrCpy $0 $0 "" 1
    ${EndIf}
    ${Do}
      StrCpy $2 $0 1
      ${If} $2 == ""
      ${OrIf} $2 == $3
        ${ExitDo}
      ${EndIf}
      ${If} $2 == '"'
      ${OrIf} $2 == "%"
      ${OrIf} $2 == "&"
      ${OrIf} $2 == "|"
      ${OrIf} $2 == "<"
      ${OrIf} $2 == ">"
      ${OrIf} $2 == "^"
      ${OrIf} $2 == "$\r"
      ${OrIf} $2 == "$\n"
        Call QlsRefuseName
      ${EndIf}
      StrCpy $1 "$1$2"
      StrCpy $0 $0 "" 1
    ${Loop}
    ; Behind its closing quote an argument ends, and a backslash would take the quote that we add for a letter.
    StrCpy $2 $0 1 1
    ${If} $3 == '"'
    ${AndIf} $2 != ""
    ${AndIf} $2 != " "
      Call QlsRefuseName
    ${EndIf}
    StrCpy $2 $1 1 -1
    ${If} $2 == "\"
      Call QlsRefuseName
    ${EndIf}
    StrCpy $1 '--token-file "$1"'
  ${EndIf}
  Pop $3
  Pop $2
FunctionEnd

Function QlsRefuseName
  MessageBox MB_OK|MB_ICONSTOP "The name of the token's file must have none of these, and no \ at its end: $\" % & | < > ^$\n$\nNothing is installed." /SD IDOK
  SetErrorLevel 3
  Quit
FunctionEnd

; What the program said, without its own name in front.
Function QlsReadReason
  Push $0
  StrCpy $QlsReason ""
  ClearErrors
  FileOpen $0 "$PLUGINSDIR\reason.txt" r
  ${IfNot} ${Errors}
    FileRead $0 $QlsReason
    FileClose $0
    StrCpy $0 $QlsReason 14
    ${If} $0 == "qls-precheck: "
      StrCpy $QlsReason $QlsReason "" 14
    ${EndIf}
  ${EndIf}
  ${If} $QlsReason == ""
    StrCpy $QlsReason "The program that asks the license server could not be run."
  ${EndIf}
  Pop $0
FunctionEnd

!macro QlsEmptyList list
  StrCpy ${list} "$\n"
!macroend

; Appends $0 if there is room, and empties it then. With $1 and $2 as helpers.
!macro QlsAppend list
  ${If} $0 != ""
    StrLen $1 $0
    StrLen $2 ${list}
    IntOp $1 $1 + $2
    ${If} $1 < ${NSIS_MAX_STRLEN}
      StrCpy ${list} "${list}$0"
      StrCpy $0 ""
    ${EndIf}
  ${EndIf}
!macroend

; Takes the verdicts out of the file. Leaves $QlsReason empty, or says in it why there are none.
Function QlsKeepVerdicts
  Push $0
  Push $1
  Push $2
  Push $3
  Push $4
  StrCpy $QlsReason ""
  !insertmacro QlsEachList QlsEmptyList
  ClearErrors
  FileOpen $3 "$PLUGINSDIR\verdicts.txt" r
  ${If} ${Errors}
    Call QlsReadReason
  ${Else}
    ; The head of the columns comes first.
    FileRead $3 $4
    ${Do}
      ClearErrors
      FileRead $3 $4
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      ; A row that is longer than a text comes in parts.
      StrCpy $0 $4
      StrLen $1 $0
      IntOp $1 $1 + 2
      ${If} $1 < ${NSIS_MAX_STRLEN}
        Push $0
        Call QlsRow
        Pop $0
        !insertmacro QlsEachList QlsAppend
      ${EndIf}
      ${If} $0 != ""
        StrCpy $QlsReason "The verdicts are longer than this setup can keep. This is a defect of the setup."
        !insertmacro QlsEachList QlsEmptyList
        ${ExitDo}
      ${EndIf}
    ${Loop}
    FileClose $3
  ${EndIf}
  Pop $4
  Pop $3
  Pop $2
  Pop $1
  Pop $0
FunctionEnd

; Replaces "component  consumer  verdict<end of line>" on the stack by what is kept of it.
Function QlsRow
  Exch $0
  Push $1
  Push $2
  StrCpy $2 ""
  ${Do}
    StrCpy $1 $0 1
    ${If} $1 == " "
    ${OrIf} $1 == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $2 "$2$1"
    StrCpy $0 $0 "" 1
  ${Loop}
  Push $0
  Call QlsLastWord
  Pop $0
  ${If} $0 S== "allowed"
    StrCpy $0 "+$2$\n"
  ${Else}
    StrCpy $0 "-$2$\n"
  ${EndIf}
  Pop $2
  Pop $1
  Exch $0
FunctionEnd

; Looks for the rows of the component $0, and sets the verdict $1. With $2 as a helper.
!macro QlsLookUp list
  Push ${list}
  Push "$\n-$0$\n"
  Call QlsHas
  Pop $2
  ${If} $2 == 1
    StrCpy $1 "denied"
  ${EndIf}
  Push ${list}
  Push "$\n+$0$\n"
  Call QlsHas
  Pop $2
  ${If} $2 == 1
  ${AndIf} $1 != "denied"
    StrCpy $1 "allowed"
  ${EndIf}
!macroend

; Replaces the component on the stack by "allowed", which needs every row that the component has to say so, "denied", or
; "unknown" where there is no row.
Function QlsVerdict
  Exch $0
  Push $1
  Push $2
  StrCpy $1 "unknown"
  !insertmacro QlsEachList QlsLookUp
  StrCpy $0 $1
  Pop $2
  Pop $1
  Exch $0
FunctionEnd

; Replaces two texts on the stack by 1 if the lower one has the upper one in it, letter for letter, and else by 0.
Function QlsHas
  Exch $0
  Exch
  Exch $1
  Push $2
  Push $3
  StrLen $2 $0
  ${Do}
    StrCpy $3 $1 $2
    ${If} $3 S== $0
      StrCpy $0 1
      ${ExitDo}
    ${EndIf}
    StrCpy $1 $1 "" 1
    ${If} $1 == ""
      StrCpy $0 0
      ${ExitDo}
    ${EndIf}
  ${Loop}
  Pop $3
  Pop $2
  Pop $1
  Exch $0
FunctionEnd

; Replaces "   consumer  verdict<end of line>" on the stack by the verdict; by something else if there are more words.
Function QlsLastWord
  Exch $0
  Push $1
  ${Do}
    StrCpy $1 $0 1 -1
    ${If} $1 != "$\n"
    ${AndIf} $1 != "$\r"
      ${ExitDo}
    ${EndIf}
    StrCpy $0 $0 -1
  ${Loop}
  Call QlsSkipBlanks
  ${Do}
    StrCpy $1 $0 1
    ${If} $1 == " "
    ${OrIf} $1 == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $0 $0 "" 1
  ${Loop}
  Call QlsSkipBlanks
  Pop $1
  Exch $0
FunctionEnd

; Of $0, with $1 as a helper.
Function QlsSkipBlanks
  ${Do}
    StrCpy $1 $0 1
    ${If} $1 != " "
      ${ExitDo}
    ${EndIf}
    StrCpy $0 $0 "" 1
  ${Loop}
FunctionEnd

!endif
