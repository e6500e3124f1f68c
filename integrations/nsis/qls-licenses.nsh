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
    ${If} ${FileExists} "$PLUGINSDIR\verdicts.txt"
      ${ExitDo}
    ${EndIf}
    Call QlsReadReason
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
  StrCpy $QlsReason "The program that asks the license server could not be run."
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
  Pop $0
FunctionEnd

; Replaces the component on the stack by "allowed", which needs every row that the component has to say so, "denied", or
; "unknown" where there is no row.
Function QlsVerdict
  Exch $0
  Push $1
  Push $2
  Push $3
  Push $4
  Push $5
  StrCpy $1 "unknown"
  ; A row begins with the component and a blank.
  StrCpy $0 "$0 "
  StrLen $4 $0
  ClearErrors
  FileOpen $2 "$PLUGINSDIR\verdicts.txt" r
  ${IfNot} ${Errors}
    ; The head of the columns comes first.
    FileRead $2 $3
    ${Do}
      FileRead $2 $3
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      StrCpy $5 $3 $4
      ${If} $5 S== $0
        StrCpy $3 $3 "" $4
        Push $3
        Call QlsLastWord
        Pop $3
        ${If} $3 S!= "allowed"
          StrCpy $1 "denied"
        ${ElseIf} $1 != "denied"
          StrCpy $1 "allowed"
        ${EndIf}
      ${EndIf}
    ${Loop}
    FileClose $2
  ${EndIf}
  StrCpy $0 $1
  Pop $5
  Pop $4
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
