; A setup to start from. Makes example-tools.exe:
;
;   makensis -NOCD -DQLS_PROGRAM=/path/to/qls-precheck.exe example/example.nsi      in the folder above
;
; By -DQLS_OPTIONS='--server http://127.0.0.1:8080' it asks the stand-in server.
Unicode true
!ifdef TARGET
  Target ${TARGET}
!endif
Name "Example Tools"
!ifndef OUTFILE
  !define OUTFILE example-tools.exe
!endif
OutFile "${OUTFILE}"
InstallDir "$LOCALAPPDATA\Example Tools"
RequestExecutionLevel user

!define QLS_CONSUMERS "example/consumers.json"
!include qls-licenses.nsh

Page components
Page directory
Page instfiles

Section "Editor"
  SetOutPath "$INSTDIR\editor"
  File example/editor.txt
SectionEnd

Section "Designer" DESIGNER
  ${QlsRequire} com.example.designer "Designer"
  SetOutPath "$INSTDIR\designer"
  File example/designer.txt
SectionEnd

Section "Tester" TESTER
  ${QlsRequire} com.example.tester "Tester"
  SetOutPath "$INSTDIR\tester"
  File example/tester.txt
SectionEnd

Function .onInit
  ${QlsAsk}
  ${QlsSection} ${DESIGNER} com.example.designer "Designer"
  ${QlsSection} ${TESTER} com.example.tester "Tester"
FunctionEnd
