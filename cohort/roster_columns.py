"""What the columns of a class list are called, in the languages that schools keep them in: data for `roster`."""

from __future__ import annotations

from ..importers.tables.column_names import ColumnNames

COLUMNS = ColumnNames(
    {
        "id": """id "student id" "user id" userid username login "user name" "student number" "matriculation number" code handle
            matrikelnummer benutzername kennung identifiant identifiant-étudiant "nom d'utilisateur" identificador usuario matrícula
            matricola gebruikersnaam studentnummer identyfikator логин идентификатор логін kullanıcı 学号 學號 用户名 学籍番号 학번
            המזהה מזהה المعرف شناسه आईडी nim "mã số" "mã sinh viên" """,
        "name": """name "full name" fullname learner student participant "student name" person "display name" member pupil trainee
            name-surname "vollständiger name" teilnehmer teilnehmerin lernende schüler studierende
            nom-complet "nom complet" apprenant étudiant élève participant nombre-completo "nombre completo" nombre alumno alumna
            estudiante "nome completo" nome aluno aluna studente allievo partecipante naam "volledige naam" leerling deelnemer
            "imię i nazwisko" uczeń uczestnik имя фио студент ученик участник ім'я піб учень учасник "ad soyad" öğrenci katılımcı
            姓名 名字 学生 學生 学员 氏名 名前 生徒 受講者 이름 성명 학생 수강생 الاسم "الاسم الكامل" الطالب نام "نام و نام خانوادگی" دانشجو
            שם "שם מלא" תלמיד סטודנט नाम छात्र nama "nama lengkap" siswa tên "họ và tên" "họ tên" "học viên" """,
        "given": """"first name" firstname forename "given name" given vorname prénom "primer nombre" nombres "primeiro nome" voornaam
            imię adı 名 الاسم-الأول "الاسم الأول" "שם פרטי" "nama depan" """,
        "family": """"last name" lastname surname "family name" family nachname familienname "nom de famille" nom apellido apellidos
            sobrenome cognome achternaam nazwisko фамилия прізвище soyad soyadı 姓 "اسم العائلة" "نام خانوادگی" "שם משפחה" उपनाम
            "nama belakang" họ """,
        "email": """email e-mail mail "email address" "e-mail address" "mail address" "e-mail-adresse" mailadresse courriel "adresse e-mail"
            "adresse mail" correo "correo electrónico" "endereço de e-mail" "indirizzo email" "e-mailadres" "adres e-mail"
            почта "электронная почта" "ел. пошта" пошта e-posta eposta 邮箱 電子郵件 电子邮件 メール メールアドレス 이메일 البريد
            "البريد الإلكتروني" ایمیل דוא"ל אימייל ईमेल surel "thư điện tử" """,
        "start": """start begin from "start date" "starts on" starting beginn anfang startdatum ab début "date de début" inicio
            "fecha de inicio" início "data de início" inizio "data di inizio" begin-datum początek "data rozpoczęcia" начало
            "дата начала" початок başlangıç "başlangıç tarihi" 开始 開始 开始日期 開始日期 開始日 시작 시작일 البداية "تاريخ البدء" شروع
            "تاریخ شروع" התחלה "תאריך התחלה" आरंभ mulai "tanggal mulai" "bắt đầu" "ngày bắt đầu" """,
        "pace": """pace effort workload "hours per week" "hours/week" "weekly hours" "h/week" tempo wochenstunden "stunden pro woche"
            rythme "heures par semaine" ritmo "horas por semana" "horas semanales" "horas semanais" "ore a settimana" "uren per week"
            "godzin tygodniowo" темп "часов в неделю" "годин на тиждень" "haftalık saat" 节奏 每周小时 每週小時 週の時間 ペース
            "주당 시간" "ساعات أسبوعيا" "ساعت در هفته" "שעות בשבוע" "घंटे प्रति सप्ताह" "jam per minggu" "giờ mỗi tuần" """,
        "language": """language lang locale sprache langue idioma língua lingua taal język язык мова dil 语言 語言 言語 언어 اللغة زبان שפה
            भाषा bahasa "ngôn ngữ" """,
        "skip": """skip skips exempt "left out" without überspringen befreit ohne ignorer dispensé omitir exento pular dispensado
            saltare esonerato overslaan pominąć пропустить пропустити atla 跳过 跳過 スキップ 건너뛰기 تخطي lewati "bỏ qua" """,
        "roadmap": """roadmap track path curriculum course plan fahrplan kurs parcours ruta itinerario trilha percorso traject ścieżka
            маршрут курс yol 路线 路線 コース 과정 المسار مسیر מסלול rute "lộ trình" """,
    }
)
"""What the columns of a class list are called."""
