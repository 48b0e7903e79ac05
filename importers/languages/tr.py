"""Turkish words that the importer goes by."""

from .words import Words

WORDS = Words(
    code="tr",
    common="ve bir bu için ile de da olarak en çok ne nasıl veya",
    contents="içindekiler",
    boilerplate=(
        "katkı(?: sağla(?:ma|yın)?.*|da bulun.*|lar)?|katkıda bulunanlar|nasıl katkı.*|teşekkürler|"
        "teşekkür|yazar(?:lar)?|ekip|takım|sponsorlar|destek|destek ol.*|davranış kuralları|iletişim|"
        r"sorumluluk reddi|sık(?:ça)? sorulan sorular|çeviriler|hakkı(?:mda|mızda)|topluluk|neden .*\?|"
        "nasıl kullanılır.*|kimler için.*|yenilikler"
    ),
    about="hakkında|bu (?:rehber|yol haritası) hakkında|özet|motivasyon|notlar?|önsöz",
    intro="giriş|açıklama|genel bakış",
    greeting="tabii|elbette|işte|harika|memnuniyetle|kesinlikle|aşağıda|tamam",
    plan="yol haritası|plan(?:ı)?|rehber(?:i)?|program(?:ı)?|müfredat",
    offer=r".*(?:ister misin(?:iz)?|ister miydiniz)\b.*|isterse(?:n|niz)|dilersen(?:iz)?|(?:bana )?haber ver",
    farewell="başarılar|iyi (?:şanslar|çalışmalar|öğrenmeler)|kolay gelsin|keyifli öğrenmeler",
    hour=r"saat|sa\.?",
    minute=r"dakika|dk\.?",
    day="gün",
    week="hafta",
    month="ay",
    per="haftada|günde",
    weekdays="pzt|pazartesi|sal(?:ı)?|çar(?:şamba)?|per(?:şembe)?|cum(?:a)?|cmt|cumartesi|paz(?:ar)?|hafta sonu",
    duration="süre(?:si)?|zaman|saat|tahmini süre",
    effort="çaba|haftalık saat",
    needs="ön ?koşul(?:lar)?|gereksinimler|gerekli bilgiler",
    optional="isteğe bağlı|opsiyonel",
    namely="yani|örneğin|şunlar",
    project="(?:mini )?proje(?:si)?",
    projects="projeler",
    questions="sorular",
    resources="kaynaklar|kitaplar|kurslar|bağlantılar|referanslar",
    sources="kaynakça|kaynaklar",
    goal="hedef(?:ler|i)?|amaç|odak",
    topic="konu(?:lar)?|kurs|ders|görev|başlık",
    content="içerik",
    done="durum|tamamlandı|bitti",
    link="bağlantı(?:lar)?|kaynak(?:lar)?",
    due="son tarih|teslim|tarih",
    start="başlangıç(?: tarihi)?",
    deprecated="kullanımdan kalktı|güncel değil|eski",
    tips=(
        "(?:önemli |genel |faydalı |ek |başarı |çalışma |öğrenme )?(?:ipuçları|tavsiyeler|"
        "öneriler)(?: .*)?|(?:başarı|çalışma|öğrenme) (?:için )?(?:ipuçları|stratejisi|felsefesi|yöntemi)"
    ),
    outcomes="beklenen (?:sonuçlar|kazanımlar)|öğrenme çıktıları|kazanımlar|başarı (?:kriterleri|ölçütleri)",
    fact="bilgi|özellik|alan|parametre",
    value="değer|detay(?:lar)?",
)
