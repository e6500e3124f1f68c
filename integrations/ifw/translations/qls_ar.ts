<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar">
<context>
    <name>FailureTexts</name>
    <message>
        <source>Your token cannot be used.</source>
        <translation>لا يمكن استخدام الرمز المميز الخاص بك.</translation>
    </message>
    <message>
        <source>There is no token with which the license server can be asked.</source>
        <translation>لا يوجد رمز مميز يمكن به سؤال خادم التراخيص.</translation>
    </message>
    <message>
        <source>A setting cannot be used on this computer.</source>
        <translation>لا يمكن استخدام أحد الإعدادات على هذا الكمبيوتر.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be found.</source>
        <translation>تعذر العثور على اسم خادم التراخيص.</translation>
    </message>
    <message>
        <source>The license server could not be reached.</source>
        <translation>تعذر الوصول إلى خادم التراخيص.</translation>
    </message>
    <message>
        <source>The proxy did not connect to the license server.</source>
        <translation>لم يتصل الخادم الوكيل بخادم التراخيص.</translation>
    </message>
    <message>
        <source>The license server could not be verified.</source>
        <translation>تعذر التحقق من هوية خادم التراخيص.</translation>
    </message>
    <message>
        <source>No secure connection to the license server could be made.</source>
        <translation>تعذر إنشاء اتصال آمن بخادم التراخيص.</translation>
    </message>
    <message>
        <source>The license server did not answer in time.</source>
        <translation>لم يجب خادم التراخيص في الوقت المحدد.</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>تم إيقاف التحقق.</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete.</source>
        <translation>انقطع الاتصال قبل اكتمال الإجابة.</translation>
    </message>
    <message>
        <source>The license server refused to answer.</source>
        <translation>رفض خادم التراخيص الإجابة.</translation>
    </message>
    <message>
        <source>The license server did not understand the question.</source>
        <translation>لم يفهم خادم التراخيص السؤال.</translation>
    </message>
    <message>
        <source>The license server does not accept your token.</source>
        <translation>لا يقبل خادم التراخيص الرمز المميز الخاص بك.</translation>
    </message>
    <message>
        <source>There is no license check at the server&apos;s address.</source>
        <translation>لا يوجد تحقق من التراخيص في عنوان الخادم.</translation>
    </message>
    <message>
        <source>The license server has too much to do at the moment.</source>
        <translation>خادم التراخيص مشغول جدًا في الوقت الحالي.</translation>
    </message>
    <message>
        <source>The license server has a problem of its own.</source>
        <translation>حدثت مشكلة في خادم التراخيص نفسه.</translation>
    </message>
    <message>
        <source>The answer is not that of a license server.</source>
        <translation>هذه ليست إجابة خادم تراخيص.</translation>
    </message>
    <message>
        <source>The answer is too large.</source>
        <translation>الإجابة كبيرة جدًا.</translation>
    </message>
    <message>
        <source>The license server could not be asked: there is a mistake in this installer.</source>
        <translation>تعذر سؤال خادم التراخيص: يوجد خطأ في برنامج التثبيت هذا.</translation>
    </message>
    <message>
        <source>Sign in to your Qt account, and check again.</source>
        <translation>سجّل الدخول إلى حساب Qt، ثم تحقق مجددًا.</translation>
    </message>
    <message>
        <source>Choose a file that has a token for this server.</source>
        <translation>اختر ملفًا يحتوي على رمز مميز لهذا الخادم.</translation>
    </message>
    <message>
        <source>Ask the administrator of this computer for help.</source>
        <translation>اطلب المساعدة من مسؤول هذا الكمبيوتر.</translation>
    </message>
    <message>
        <source>See whether this computer is connected to the right network, and check again.</source>
        <translation>تأكد من أن هذا الكمبيوتر متصل بالشبكة الصحيحة، ثم تحقق مجددًا.</translation>
    </message>
    <message>
        <source>Close other programs, and check again.</source>
        <translation>أغلق البرامج الأخرى، ثم تحقق مجددًا.</translation>
    </message>
    <message>
        <source>Ask whether the server is running, and whether a firewall is in the way.</source>
        <translation>اسأل عما إذا كان الخادم يعمل وما إذا كان جدار حماية يمنع الاتصال.</translation>
    </message>
    <message>
        <source>See whether the proxy is set correctly.</source>
        <translation>تأكد من أن الخادم الوكيل مضبوط بشكل صحيح.</translation>
    </message>
    <message>
        <source>Sign in to this network, or see whether the user name and the password for the proxy are correct.</source>
        <translation>سجّل الدخول إلى هذه الشبكة، أو تأكد من صحة اسم المستخدم وكلمة المرور للخادم الوكيل.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator to let this installer connect to the server.</source>
        <translation>اطلب من مسؤول الشبكة السماح لبرنامج التثبيت هذا بالاتصال بالخادم.</translation>
    </message>
    <message>
        <source>See whether the date and the time of this computer are correct.</source>
        <translation>تأكد من صحة التاريخ والوقت على هذا الكمبيوتر.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator whether encrypted connections are inspected here.</source>
        <translation>اسأل مسؤول الشبكة عما إذا كانت الاتصالات المشفرة تُفحص هنا.</translation>
    </message>
    <message>
        <source>Open a browser, sign in to this network, and check again.</source>
        <translation>افتح متصفحًا وسجّل الدخول إلى هذه الشبكة، ثم تحقق مجددًا.</translation>
    </message>
    <message>
        <source>Wait a moment, and check again.</source>
        <translation>انتظر لحظة، ثم تحقق مجددًا.</translation>
    </message>
    <message>
        <source>Check again when you are ready.</source>
        <translation>تحقق مجددًا عندما تكون مستعدًا.</translation>
    </message>
    <message>
        <source>Ask whoever manages your licenses.</source>
        <translation>اسأل من يدير تراخيصك.</translation>
    </message>
    <message>
        <source>See whether the server&apos;s address is correct.</source>
        <translation>تأكد من صحة عنوان الخادم.</translation>
    </message>
    <message>
        <source>Report this to whoever runs the license server.</source>
        <translation>أبلغ من يدير خادم التراخيص بهذا.</translation>
    </message>
    <message>
        <source>Report this to whoever made this installer.</source>
        <translation>أبلغ من أنشأ برنامج التثبيت هذا بذلك.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>الذاكرة غير كافية.</translation>
    </message>
    <message>
        <source>The license server&apos;s address cannot be used.</source>
        <translation>لا يمكن استخدام عنوان خادم التراخيص.</translation>
    </message>
    <message>
        <source>The proxy setting cannot be used.</source>
        <translation>لا يمكن استخدام إعداد الخادم الوكيل.</translation>
    </message>
    <message>
        <source>The token file cannot be used.</source>
        <translation>لا يمكن استخدام ملف الرمز المميز.</translation>
    </message>
    <message>
        <source>The CA certificates cannot be used.</source>
        <translation>لا يمكن استخدام شهادات المرجع المصدق.</translation>
    </message>
    <message>
        <source>There are no CA certificates with which the license server could be verified.</source>
        <translation>لا توجد شهادات مرجع مصدق يمكن بها التحقق من خادم التراخيص.</translation>
    </message>
    <message>
        <source>A part of this installer could not be loaded.</source>
        <translation>تعذر تحميل جزء من برنامج التثبيت هذا.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be looked up.</source>
        <translation>تعذر البحث عن اسم خادم التراخيص.</translation>
    </message>
    <message>
        <source>The license server does not allow you to ask it.</source>
        <translation>لا يسمح لك خادم التراخيص بسؤاله.</translation>
    </message>
    <message>
        <source>Your token has expired.</source>
        <translation>انتهت صلاحية الرمز المميز الخاص بك.</translation>
    </message>
    <message>
        <source>The answer cannot be read.</source>
        <translation>لا يمكن قراءة الإجابة.</translation>
    </message>
    <message>
        <source>No secure connection to the proxy could be made.</source>
        <translation>تعذر إنشاء اتصال آمن بالخادم الوكيل.</translation>
    </message>
    <message>
        <source>The proxy could not be reached.</source>
        <translation>تعذر الوصول إلى الخادم الوكيل.</translation>
    </message>
    <message>
        <source>See whether the CA file is the right one.</source>
        <translation>تأكد من أن ملف المرجع المصدق هو الصحيح.</translation>
    </message>
    <message>
        <source>Get the whole installer again, or ask the administrator of this computer for help.</source>
        <translation>احصل على برنامج التثبيت الكامل مرة أخرى، أو اطلب المساعدة من مسؤول هذا الكمبيوتر.</translation>
    </message>
    <message>
        <source>Its certificate was revoked: do not trust this server, and report this to whoever runs it.</source>
        <translation>تم إبطال شهادته: لا تثق بهذا الخادم، وأبلغ من يديره بذلك.</translation>
    </message>
    <message>
        <source>Report this to the administrator of this network.</source>
        <translation>أبلغ مسؤول هذه الشبكة بهذا.</translation>
    </message>
    <message>
        <source>The license server could not be reached, and the script that chooses a proxy could not be asked.</source>
        <translation>تعذر الوصول إلى خادم التراخيص وسؤال البرنامج النصي الذي يختار الخادم الوكيل.</translation>
    </message>
</context>
<context>
    <name>GateTexts</name>
    <message>
        <source>The list of packages %1 cannot be used: %2</source>
        <translation>لا يمكن استخدام قائمة الحزم %1: %2</translation>
    </message>
    <message>
        <source>The token file %1 cannot be used: %2</source>
        <translation>لا يمكن استخدام ملف الرمز المميز %1: %2</translation>
    </message>
    <message>
        <source>The CA file %1 cannot be used: %2</source>
        <translation>لا يمكن استخدام ملف المرجع المصدق %1: %2</translation>
    </message>
    <message>
        <source>the token in QT_INSTALLER_JWT_TOKEN</source>
        <translation>الرمز المميز في QT_INSTALLER_JWT_TOKEN</translation>
    </message>
    <message>
        <source>the signed-in Qt account</source>
        <translation>حساب Qt الذي تم تسجيل الدخول إليه</translation>
    </message>
    <message>
        <source>the token in %1</source>
        <translation>الرمز المميز في %1</translation>
    </message>
    <message>
        <source>its script fails, probably since it expects a package that is left out: %1</source>
        <translation>يفشل برنامجه النصي، ربما لأنه يتوقع حزمة مستبعدة: %1</translation>
    </message>
    <message>
        <source>its script fails, since it expects %1, which is left out: %2</source>
        <translation>يفشل برنامجه النصي لأنه يتوقع %1 المستبعد: %2</translation>
    </message>
    <message>
        <source>its script fails, and mentions %1, which is left out: %2</source>
        <translation>يفشل برنامجه النصي ويذكر %1 المستبعد: %2</translation>
    </message>
    <message>
        <source>needs %1, whose script fails</source>
        <translation>يحتاج إلى %1 الذي يفشل برنامجه النصي</translation>
    </message>
    <message>
        <source>needs %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>يحتاج إلى %1 الذي يتحقق برنامج التثبيت من ترخيصه، ولا تتحقق منه أداة الصيانة</translation>
    </message>
    <message>
        <source>needs %1, which your license does not cover</source>
        <translation>يحتاج إلى %1 الذي لا يغطيه ترخيصك</translation>
    </message>
    <message>
        <source>needs %1, whose license could not be checked</source>
        <translation>يحتاج إلى %1 الذي تعذر التحقق من ترخيصه</translation>
    </message>
    <message>
        <source>belongs to %1, whose script fails</source>
        <translation>ينتمي إلى %1 الذي يفشل برنامجه النصي</translation>
    </message>
    <message>
        <source>belongs to %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>ينتمي إلى %1 الذي يتحقق برنامج التثبيت من ترخيصه، ولا تتحقق منه أداة الصيانة</translation>
    </message>
    <message>
        <source>belongs to %1, which your license does not cover</source>
        <translation>ينتمي إلى %1 الذي لا يغطيه ترخيصك</translation>
    </message>
    <message>
        <source>belongs to %1, whose license could not be checked</source>
        <translation>ينتمي إلى %1 الذي تعذر التحقق من ترخيصه</translation>
    </message>
    <message>
        <source>%1 (built %2)</source>
        <translation>%1 (بتاريخ %2)</translation>
    </message>
    <message>
        <source>your license does not cover %1, says %2 for %3</source>
        <translation>لا يغطي ترخيصك %1، حسب %2 باستخدام %3</translation>
    </message>
    <message>
        <source>%2 said nothing about %1 when asked with %3</source>
        <translation>لم يذكر %2 شيئًا عن %1 باستخدام %3</translation>
    </message>
    <message>
        <source>the license for %1 was not checked, since the package came from elsewhere later</source>
        <translation>لم يتم التحقق من ترخيص %1 لأن الحزمة جاءت لاحقًا من مكان آخر</translation>
    </message>
    <message>
        <source>it needs a license for %1, which an installer checks, and a maintenance tool does not</source>
        <translation>يحتاج إلى ترخيص لـ %1 يتحقق منه برنامج التثبيت، ولا تتحقق منه أداة الصيانة</translation>
    </message>
    <message>
        <source>the license for %1 could not be checked</source>
        <translation>تعذر التحقق من ترخيص %1</translation>
    </message>
</context>
<context>
    <name>InstallerCheck</name>
    <message>
        <source>This installer&apos;s license check is set up wrongly: %1</source>
        <translation>التحقق من التراخيص في برنامج التثبيت هذا مضبوط بشكل خاطئ: %1</translation>
    </message>
    <message>
        <source>%1 cannot be installed: %2</source>
        <translation>لا يمكن تثبيت %1: %2</translation>
    </message>
    <message>
        <source>%1 is left out: %2</source>
        <translation>تم استبعاد %1: %2</translation>
    </message>
    <message>
        <source>%1 is not chosen by default: its script decides that, and mentions %2, which is left out</source>
        <translation>لا يتم اختيار %1 افتراضيًا: يقرر ذلك برنامجه النصي، ويذكر %2 المستبعد</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) are not offered: only an installer checks their licenses.</source>
        <translation>
            <numerusform>لا مكونات غير معروضة.</numerusform>
            <numerusform>مكوّن واحد غير معروض: برنامج التثبيت وحده يتحقق من ترخيصه.</numerusform>
            <numerusform>مكوّنان غير معروضين: برنامج التثبيت وحده يتحقق من ترخيصهما.</numerusform>
            <numerusform>%n مكونات غير معروضة: برنامج التثبيت وحده يتحقق من تراخيصها.</numerusform>
            <numerusform>%n مكوّنًا غير معروض: برنامج التثبيت وحده يتحقق من تراخيصها.</numerusform>
            <numerusform>%n مكوّن غير معروض: برنامج التثبيت وحده يتحقق من تراخيصها.</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no updates that can be installed.</source>
        <translation>لا توجد تحديثات يمكن تثبيتها.</translation>
    </message>
    <message>
        <source>%1 is not offered: %2</source>
        <translation>%1 غير معروض: %2</translation>
    </message>
    <message numerus="yes">
        <source>And %n more; the log says why.</source>
        <translation>
            <numerusform>لا شيء آخر.</numerusform>
            <numerusform>وواحد آخر؛ السبب في السجل.</numerusform>
            <numerusform>واثنان آخران؛ السبب في السجل.</numerusform>
            <numerusform>و%n أخرى؛ السبب في السجل.</numerusform>
            <numerusform>و%n آخر؛ السبب في السجل.</numerusform>
            <numerusform>و%n آخر؛ السبب في السجل.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your licenses could not be checked: %1</source>
        <translation>تعذر التحقق من تراخيصك: %1</translation>
    </message>
</context>
<context>
    <name>LicenseList</name>
    <message>
        <source>Licenses</source>
        <translation>التراخيص</translation>
    </message>
    <message>
        <source>License</source>
        <translation>الترخيص</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>الصلاحية</translation>
    </message>
    <message>
        <source>This license names nothing in this installer.</source>
        <translation>لا يذكر هذا الترخيص شيئًا من برنامج التثبيت هذا.</translation>
    </message>
    <message>
        <source>This license names: %1</source>
        <translation>يذكر هذا الترخيص: %1</translation>
    </message>
    <message>
        <source>Manage licenses</source>
        <translation>إدارة التراخيص</translation>
    </message>
    <message>
        <source>Contact sales</source>
        <translation>الاتصال بالمبيعات</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>الدعم</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>kind of contact, address</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>LicensePage</name>
    <message>
        <source>License Check</source>
        <translation>التحقق من التراخيص</translation>
    </message>
</context>
<context>
    <name>LicenseReport</name>
    <message>
        <source>Which components do your licenses cover?</source>
        <translation>ما المكونات التي تغطيها تراخيصك؟</translation>
    </message>
    <message numerus="yes">
        <source>A license server will be asked. It learns from your token who you are, and it is told about %n component(s) of this installer.</source>
        <translation>
            <numerusform>سيُسأل خادم التراخيص عن ذلك. سيعرف من رمزك المميز من أنت، وسيتلقى بيانات %n مكوّن.</numerusform>
            <numerusform>سيُسأل خادم التراخيص عن ذلك. سيعرف من رمزك المميز من أنت، وسيتلقى بيانات مكوّن واحد.</numerusform>
            <numerusform>سيُسأل خادم التراخيص عن ذلك. سيعرف من رمزك المميز من أنت، وسيتلقى بيانات مكوّنين.</numerusform>
            <numerusform>سيُسأل خادم التراخيص عن ذلك. سيعرف من رمزك المميز من أنت، وسيتلقى بيانات %n مكوّنات.</numerusform>
            <numerusform>سيُسأل خادم التراخيص عن ذلك. سيعرف من رمزك المميز من أنت، وسيتلقى بيانات %n مكوّنًا.</numerusform>
            <numerusform>سيُسأل خادم التراخيص عن ذلك. سيعرف من رمزك المميز من أنت، وسيتلقى بيانات %n مكوّن.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking which components your licenses cover...</source>
        <translation>جارٍ التحقق من المكونات التي تغطيها تراخيصك...</translation>
    </message>
    <message>
        <source>Without an answer, components that need a license cannot be installed.</source>
        <translation>بدون إجابة لا يمكن تثبيت المكونات التي تحتاج إلى ترخيص.</translation>
    </message>
    <message>
        <source>Without an answer nothing can be installed.</source>
        <translation>بدون إجابة لا يمكن تثبيت أي شيء.</translation>
    </message>
    <message>
        <source>Nothing can be installed.</source>
        <translation>لا يمكن تثبيت أي شيء.</translation>
    </message>
    <message>
        <source>There is a mistake in this installer, or in how it was started.</source>
        <translation>يوجد خطأ في برنامج التثبيت هذا أو في طريقة تشغيله.</translation>
    </message>
    <message>
        <source>Your licenses could not be checked again: %1 The earlier answer counts.</source>
        <translation>تعذر التحقق من تراخيصك مرة أخرى: %1 تسري الإجابة السابقة.</translation>
    </message>
    <message>
        <source>Components that need a license are left out: your licenses could not be checked.</source>
        <translation>استُبعدت المكوّنات التي تحتاج إلى ترخيص: تعذّر التحقق من تراخيصك.</translation>
    </message>
    <message>
        <source>Your licenses cover all components that need one.</source>
        <translation>تغطي تراخيصك جميع المكونات التي تحتاج إلى ترخيص.</translation>
    </message>
    <message>
        <source>None of the components that need a license is covered by your licenses.</source>
        <translation>لا تغطي تراخيصك أيًا من المكونات التي تحتاج إلى ترخيص.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n component(s) are covered by your licenses.</source>
        <translation>
            <numerusform>تغطي تراخيصك %1 من أصل %n مكوّن.</numerusform>
            <numerusform>تغطي تراخيصك %1 من أصل مكوّن واحد.</numerusform>
            <numerusform>تغطي تراخيصك %1 من أصل مكوّنين.</numerusform>
            <numerusform>تغطي تراخيصك %1 من أصل %n مكوّنات.</numerusform>
            <numerusform>تغطي تراخيصك %1 من أصل %n مكوّنًا.</numerusform>
            <numerusform>تغطي تراخيصك %1 من أصل %n مكوّن.</numerusform>
        </translation>
    </message>
    <message>
        <source>Server: %1, with %2</source>
        <translation>الخادم: %1، باستخدام %2</translation>
    </message>
    <message>
        <source>Server: %1, with %2, for the user %3</source>
        <translation>الخادم: %1، باستخدام %2، للمستخدم %3</translation>
    </message>
    <message>
        <source>Not covered by your licenses</source>
        <translation>لا تغطيها تراخيصك</translation>
    </message>
    <message>
        <source>The server said nothing about these</source>
        <translation>لم يذكر الخادم شيئًا عنها</translation>
    </message>
    <message>
        <source>The server is asked about these</source>
        <translation>يُسأل الخادم عنها</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>لم يتم التحقق منها</translation>
    </message>
    <message>
        <source>Their scripts expect something that is left out</source>
        <translation>تتوقع برامجها النصية شيئًا مستبعدًا</translation>
    </message>
    <message>
        <source>Covered by your licenses</source>
        <translation>تغطيها تراخيصك</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>مستبعد</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>مغطى</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>غير مغطى</translation>
    </message>
    <message>
        <source>no end date</source>
        <translation>بلا تاريخ انتهاء</translation>
    </message>
    <message>
        <source>for builds until %1</source>
        <translation>للإصدارات المبنية حتى %1</translation>
    </message>
    <message>
        <source>expired on %1</source>
        <translation>انتهت صلاحيته في %1</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>صالح حتى %1</translation>
    </message>
</context>
<context>
    <name>LicenseTree</name>
    <message>
        <source>Filter</source>
        <translation>تصفية</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>المكونات</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>المكوّن</translation>
    </message>
    <message>
        <source>License</source>
        <translation>الترخيص</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>title of a group, number of components</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>component, reason</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>LicenseView</name>
    <message>
        <source>Waiting for the license server</source>
        <translation>في انتظار خادم التراخيص</translation>
    </message>
    <message>
        <source>What happened in detail</source>
        <translation>ما حدث بالتفصيل</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>المكونات</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>التراخيص</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>تحقق م&amp;جددًا</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>إي&amp;قاف</translation>
    </message>
    <message>
        <source>Choose &amp;token file...</source>
        <translation>اختيار ملف ال&amp;رمز المميز...</translation>
    </message>
    <message>
        <source>Copy &amp;details</source>
        <translation>&amp;نسخ التفاصيل</translation>
    </message>
    <message>
        <source>Continue &amp;without them</source>
        <translation>متابعة ب&amp;دونها</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>تحقق الآ&amp;ن</translation>
    </message>
    <message>
        <source>Choose Token File</source>
        <translation>اختيار ملف الرمز المميز</translation>
    </message>
    <message>
        <source>&amp;Details copied</source>
        <translation>تم &amp;نسخ التفاصيل</translation>
    </message>
</context>
<context>
    <name>LinkedLibrary</name>
    <message>
        <source>The maintenance tool will not start, so that nothing can be removed with it: %1 cannot be copied to %2: %3. Copy this file there yourself.</source>
        <translation>لن تبدأ أداة الصيانة، فلا يمكن إزالة أي شيء بها: لا يمكن نسخ %1 إلى %2: %3. انسخ هذا الملف إلى هناك بنفسك.</translation>
    </message>
    <message>
        <source>License Check</source>
        <translation>التحقق من التراخيص</translation>
    </message>
</context>
</TS>
