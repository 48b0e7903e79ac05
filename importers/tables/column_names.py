"""What columns are called, in the languages that people keep their plans in: data for `columns`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

_NAMES = {
    "title": """title name task tasks topic item activity lesson skill subject course what todo to-do content chapter exercise
        goal theme concept problem book resource description-of-task "task name" "to do" "page name" "aktivität"
        titel aufgabe thema bezeichnung lektion kurs inhalt was fach
        titre nom tâche sujet leçon cours activité
        título nombre tarea tema lección curso actividad
        nome tarefa lição atividade assunto
        titolo compito argomento lezione corso attività
        taak onderwerp naam les cursus
        tytuł nazwa zadanie temat lekcja kurs
        название задача тема урок задание курс имя
        назва завдання урок
        başlık görev konu ad ders
        标题 名称 任务 主题 课程 内容 名稱 標題 任務 主題 課程
        タイトル 名前 タスク 項目 内容 課題
        제목 이름 작업 주제 과제 항목
        العنوان المهمة الموضوع الاسم
        عنوان وظیفه موضوع نام
        כותרת משימה נושא שם
        शीर्षक कार्य विषय नाम
        judul tugas topik nama
        "tiêu đề" "nhiệm vụ" "chủ đề" tên
        uppgift ämne namn oppgave emne opgave""",
    "section": """section phase stage module unit part week weeks group category area milestone list epic sprint project month level
        chapter-group day quarter bucket block
        abschnitt phase woche bereich modul teil kategorie gruppe monat tag-nr stufe projekt
        section semaine module partie catégorie étape mois
        sección semana módulo parte categoría etapa fase mes
        seção módulo categoria etapa mês
        sezione settimana modulo parte categoria mese
        sectie week onderdeel categorie maand
        sekcja tydzień moduł część kategoria etap miesiąc
        раздел неделя модуль часть категория этап месяц секция
        розділ тиждень частина категорія етап
        bölüm hafta modül kategori aşama
        章节 阶段 模块 分类 周 章節 階段 模組 分類 部分 类别
        セクション 週 フェーズ カテゴリ 章
        섹션 주차 단계 분류 카테고리
        القسم الأسبوع المرحلة الفئة
        بخش هفته مرحله دسته
        פרק שבוע שלב קטגוריה
        अनुभाग सप्ताह चरण श्रेणी
        bagian minggu tahap kategori
        phần tuần "giai đoạn" avsnitt vecka""",
    "topic": """topic subsection sub-section "sub section" "sub category" subcategory unterthema unterabschnitt sous-section
        sous-thème subtema subsección sottosezione подраздел 小节 サブセクション 하위주제""",
    "parent": """parent "parent item" "parent task" "parent page" "subtask of" "übergeordnete aufgabe" "übergeordnet" "tâche parente"
        "tarea principal" "elemento principal" "tarefa pai" "родительская задача" 父任务 父项 親タスク 상위""",
    "hours": """hours hour time duration effort estimate est estimated "estimated time" "time estimate" "estimated hours" "time (h)"
        "duration (h)" length workload
        stunden std zeit dauer aufwand schätzung zeitaufwand
        heures heure durée temps estimation
        horas hora duración tiempo estimación esfuerzo
        duração tempo estimativa
        ore durata tempo stima
        uren duur tijd
        godziny czas "czas trwania"
        часы время длительность оценка часов
        години час тривалість
        saat süre tahmin
        小时 时长 时间 用时 小時 時長 時間 預估 课时
        所要時間 工数
        시간 소요시간
        ساعات المدة الوقت
        ساعت مدت زمان
        שעות משך זמן
        घंटे समय अवधि
        jam durasi waktu
        giờ "thời gian" "thời lượng" timmar tid""",
    "minutes": """minutes mins min minuten minutos minuti minuty минуты хвилини dakika 分钟 分鐘 分 분 دقائق דקות""",
    "due": """due deadline date "due date" "due on" "finish by" end "end date" "target date" until by
        fällig fälligkeit frist datum termin bis enddatum "fällig am"
        échéance date "date limite" "date d'échéance" fin
        vencimiento fecha "fecha límite" "fecha de vencimiento" plazo
        prazo data vencimento "data limite"
        scadenza data
        einddatum
        termin data "data końcowa"
        срок дата дедлайн "срок выполнения"
        термін
        tarih "bitiş tarihi" "son tarih"
        截止日期 截止 日期 到期日 期限
        期日 締切 締め切り 日付
        마감일 기한 날짜
        الموعد التاريخ "تاريخ الاستحقاق"
        مهلت تاریخ
        תאריך מועד "תאריך יעד"
        तिथि "अंतिम तिथि" तारीख
        tenggat tanggal
        hạn ngày "hạn chót" förfallodatum""",
    "done": """done complete completed finished checked check ticked "is done" "✓" "✔" "✅" "☑" ok status state progress "done?"
        "completed?" checkbox
        erledigt fertig abgeschlossen zustand fortschritt
        fait terminé statut état achevé
        hecho completado terminado estado progreso
        feito concluído concluida situação
        fatto completato stato
        klaar gedaan voltooid
        zrobione ukończone gotowe stan
        готово сделано выполнено статус завершено состояние
        зроблено виконано
        tamamlandı durum bitti
        完成 已完成 状态 狀態 进度
        完了 済 状態 ステータス
        완료 상태
        تم مكتمل الحالة
        "انجام شده" وضعیت
        בוצע הושלם סטטוס
        पूर्ण स्थिति
        selesai
        xong "hoàn thành" "trạng thái" klart""",
    "optional": "optional freiwillig facultatif opcional opzionale optioneel opcjonalne необязательно isteğe-bağlı 可选 任意 선택",
    "link": """link links url urls website web source address href reference "web page" material video
        adresse quelle webseite lien liens enlace enlaces fuente ligação fonte collegamento bron źródło odnośnik
        ссылка ссылки источник посилання bağlantı kaynak 链接 网址 連結 網址 資源 资源 リンク 링크 الرابط رابط لینک پیوند קישור लिंक
        tautan "liên kết" länk""",
    "notes": """notes note description details detail comment comments remarks remark about content-notes
        notizen notiz beschreibung bemerkung bemerkungen anmerkung anmerkungen kommentar
        remarques remarque commentaire commentaires
        notas nota descripción comentarios comentario observaciones detalles
        descrição observações detalhes comentários
        note descrizione commenti
        notities opmerkingen beschrijving omschrijving
        notatki uwagi opis
        заметки примечание примечания описание комментарий
        нотатки опис примітки
        notlar açıklama
        备注 说明 描述 笔记 備註 說明 描述
        メモ 備考 説明 詳細
        메모 설명 비고
        ملاحظات الوصف
        یادداشت توضیحات
        הערות תיאור
        टिप्पणी विवरण
        catatan deskripsi keterangan
        "ghi chú" "mô tả" anteckningar""",
    "summary": "summary résumé resumen resumo riassunto zusammenfassung сводка özet 摘要 概要 要約 요약",
    "tags": """tags tag labels label keywords schlagwörter schlagworte etiketten étiquettes mots-clés etiquetas marcadores etichette
        etykiety tagi теги метки мітки etiketler 标签 標籤 タグ 태그 وسوم برچسب תגיות टैग nhãn taggar""",
    "needs": """needs prerequisites prerequisite requires "depends on" dependencies "blocked by" voraussetzungen voraussetzung prérequis
        requisitos pré-requisitos prerequisiti vereisten wymagania требования önkoşullar 前置 先修 前提条件 선수""",
    "number": "# no nr number № id-number nummer numéro número numero номер numer 编号 序号 番号 번호",
    "kind": "kind",
    "icon": "icon emoji",
    "id": "id",
    "groups": "groups",
    "fixed": '"fixed date"',
    "indent": "indent",
    "type": "type",
}
_WORD = re.compile(r'"([^"]+)"|(\S+)')

DONE = frozenset(
    """yes y true x 1 done complete completed finished ✓ ✔ ✅ ☑ 100% ja wahr erledigt fertig abgeschlossen oui vrai fait terminé sí si
    verdadero hecho completado terminado sim verdadeiro feito concluído vero fatto completato waar gedaan klaar voltooid tak
    prawda zrobione ukończone да истина готово сделано выполнено завершено так зроблено виконано evet doğru tamamlandı 是 真 完成
    已完成 はい 完了 済 済み 예 완료 نعم صحيح تم مكتمل بله درست כן אמת בוצע הושלם हाँ पूर्ण selesai ya có xong klart""".split()
)
OPEN = frozenset(
    """no n false 0 0% - – — open todo to-do pending planned backlog ☐ ⬜ nein falsch offen geplant non faux ouvert falso abierto pendiente
    não pendente aberto aperto nee onwaar nie fałsz нет ложь открыто ні hayır yanlış 否 假 未完成 未开始 いいえ 未完了 아니오 미완료 لا
    خطأ خیر לא שקר नहीं belum tidak không""".split()
) | {
    "",
    "not started",
    "to do",
    "not done",
    "nicht begonnen",
    "no iniciado",
    "sin empezar",
    "à faire",
    "por hacer",
    "a fazer",
    "не начато",
}


_AROUND = re.compile(r"\A[\W_]+|[\W_]+\Z")
_LONGEST = 200
"""Of a name with its unit; what is longer is an entry."""
_BRACKETS = re.compile(r"\s*[(\[（].*?[)\]）]\s*\Z")


class ColumnNames:
    """What the columns of one kind of table are called: each role with its names, in quotes where they have spaces."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    @cached_property
    def _roles(self) -> dict[str, tuple[str, ...]]:
        roles: dict[str, list[str]] = {}
        for role, names in self._names.items():
            for quoted, word in _WORD.findall(names):
                known = roles.setdefault(quoted or word, [])
                if role not in known:
                    known.append(role)
        return {name: tuple(known) for name, known in roles.items()}

    def roles_of(self, name: str) -> tuple[str, ...]:
        """Return what a column so named may hold, the likeliest first; nothing for a name that is not known."""
        name = " ".join(name.casefold().replace("_", " ").split())
        known = self._roles
        if name in known:
            return known[name]
        if len(name) > _LONGEST:
            return ()
        unit = name[len(_BRACKETS.sub("", name)) :].strip(" ()[]（）")
        bare = _AROUND.sub("", _BRACKETS.sub("", name))
        if "minutes" in known.get(unit, ()) and "hours" in known.get(bare, ()):
            return ("minutes",)
        return known.get(bare, ())


ENTRIES = ColumnNames(_NAMES)
"""The columns of a plan."""
